package org.vzj.cli.getopt;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a command line says, in its order.
 *
 * <p>getopt hands out options one by one and stops at the first error; therefore the options before
 * the error are here too, and a caller that acts on {@code --help} before it looks at {@link
 * #error} behaves like the originals.
 *
 * @param options the options up to the end or the first error
 * @param operands the other words
 * @param error getopt's message, with the program's name and without line end, or null
 */
public record GetoptResult(
    List<GetoptOccurrence> options, List<String> operands, @Nullable String error) {}
