/** vzlist: the containers of this host as a table or as JSON. */
@NullMarked
package org.vzj.cli.list;

import org.jspecify.annotations.NullMarked;
