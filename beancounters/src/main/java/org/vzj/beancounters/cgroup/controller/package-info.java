/** What one directory of a cgroup hierarchy can do, and how its files are reached. */
@NullMarked
package org.vzj.beancounters.cgroup.controller;

import org.jspecify.annotations.NullMarked;
