package dev.firesteel.machine;

import dev.firesteel.field.Ext;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a verified proof of a machine with boundary chips says for its caller to check. Alone it says nothing of global buses. Over all proofs of a request
 * the caller has to
 *
 * <ul>
 *   <li>derive the global challenge from exactly these boundary roots and compare it with the one that it verified with,
 *   <li>add the global sums, and its own {@link GlobalChallenge#sum messages'}: zero,
 *   <li>add {@link #multiplicities}, and the absolute values of its own messages': less than p, or p sends of one message would be none.
 * </ul>
 *
 * @param boundaryRoot {@link Boundary#root} of the boundary tables that were proved
 * @param globalSum Σ multiplicity/fingerprint of all messages on global buses, under the challenge that was verified with
 * @param logHeights log2 of every chip's height by the chip's name, in the machine's order; −1 for no rows
 * @param multiplicities Σ bound · height over all messages on global buses
 */
public record GlobalStatement(
        List<Integer> boundaryRoot, Ext globalSum, Map<String, Integer> logHeights, long multiplicities) {
    public GlobalStatement {
        boundaryRoot = List.copyOf(boundaryRoot);
        logHeights = Collections.unmodifiableMap(new LinkedHashMap<>(logHeights));
    }
}
