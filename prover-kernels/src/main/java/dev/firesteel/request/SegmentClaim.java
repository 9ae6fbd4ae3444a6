package dev.firesteel.request;

import dev.firesteel.chips.Buses;
import dev.firesteel.chips.FirstLastChip;
import dev.firesteel.field.KoalaBear;
import dev.firesteel.machine.PublicMessage;
import java.util.ArrayList;
import java.util.List;

/**
 * What the proof of one segment says to its verifier: where the segment starts and ends, and what of the run's statement it produces.
 *
 * @param index 0 for a run's first segment
 * @param startPc address of its first instruction
 * @param endPc address of the next one; of no meaning when it halted
 * @param endClock the clock behind its last instruction
 * @param sharedWords rows of its boundary that other segments see
 * @param outputStart bytes of public output before it
 * @param output bytes that it appends; not copied
 * @param halted whether the run ends in it
 * @param exitCode the exit code when it halted, else 0
 */
public record SegmentClaim(
        int index,
        long startPc,
        long endPc,
        int endClock,
        int sharedWords,
        int outputStart,
        byte[] output,
        boolean halted,
        int exitCode) {

    /** What the verifier sends and receives. */
    List<PublicMessage> messages() {
        List<PublicMessage> messages = new ArrayList<>();
        // Otherwise the segment could start anywhere; its clock starts above the 0 at which words are opened.
        messages.add(message(Buses.STATE, 1, Buses.FIRST_CLOCK, startPc >>> 2));
        // Otherwise it could end anywhere.
        messages.add(message(Buses.STATE, -1, endClock, halted ? Buses.HALTED : endPc >>> 2));
        // Otherwise it could take words from segments that come later.
        messages.add(message(Buses.SEGMENT, sharedWords, index + 1));
        if (index == 0) {
            // Otherwise words could be opened for the first time several times. All registers have rows, so the last
            // address is known.
            messages.add(message(Buses.ORDER, 1, FirstLastChip.BEFORE_FIRST));
            messages.add(message(Buses.ORDER, -1, Buses.LAST_ADDRESS));
        }
        for (int i = 0; i < output.length; i++) {
            // Otherwise the statement could have other output than the run.
            messages.add(message(Buses.OUTPUT, -1, outputStart + i, output[i] & 0xFF));
        }
        if (halted) {
            // Otherwise the statement could have another exit code than the run.
            messages.add(message(Buses.HALT, -1, exitCode & 0xFFFF, exitCode >>> 16));
        }
        return messages;
    }

    private static PublicMessage message(dev.firesteel.air.Bus bus, int multiplicity, long... fields) {
        List<Integer> elements = new ArrayList<>();
        for (long field : fields) {
            elements.add(KoalaBear.fromCanonical(field));
        }
        return new PublicMessage(bus, KoalaBear.fromCanonical(multiplicity), elements);
    }
}
