/** vzquota and its companions: from words to quotas. */
@NullMarked
package org.vzj.cli.quota;

import org.jspecify.annotations.NullMarked;
