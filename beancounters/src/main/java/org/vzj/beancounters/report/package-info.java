/** What beancounters hold as text: the files of OpenVZ's kernel, and tables for people. */
@NullMarked
package org.vzj.beancounters.report;

import org.jspecify.annotations.NullMarked;
