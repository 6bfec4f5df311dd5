/**
 * Manual pages and completion, drawn at build time from the tables of options, parameters, fields
 * and exit codes. No command uses it.
 */
@org.jspecify.annotations.NullMarked
package org.vzj.cli.manual;
