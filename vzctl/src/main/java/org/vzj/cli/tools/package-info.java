/** OpenVZ's small tools around beancounters, each a command of its own: one class each. */
@org.jspecify.annotations.NullMarked
package org.vzj.cli.tools;
