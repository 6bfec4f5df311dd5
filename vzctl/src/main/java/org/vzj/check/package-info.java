/** What a host offers to containers, what it lacks, and how to get that: one probe per question. */
@NullMarked
package org.vzj.check;

import org.jspecify.annotations.NullMarked;
