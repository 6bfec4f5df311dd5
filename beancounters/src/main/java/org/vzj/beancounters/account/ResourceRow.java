package org.vzj.beancounters.account;

import org.vzj.beancounters.Beancounter;

/**
 * One row of {@code /proc/user_beancounters}, in the parameter's own unit.
 *
 * @param parameter which
 * @param held what is used now
 * @param maxheld the most that was used since the start, as far as the kernel or a reader of ours
 *     saw it; never less than {@code held}
 * @param barrier the barrier in force
 * @param limit the limit in force
 * @param failcnt refusals since the start; 0 where the kernel counts none
 */
public record ResourceRow(
    Beancounter parameter, long held, long maxheld, long barrier, long limit, long failcnt) {}
