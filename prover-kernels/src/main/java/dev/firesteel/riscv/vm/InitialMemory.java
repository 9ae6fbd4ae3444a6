package dev.firesteel.riscv.vm;

import dev.firesteel.riscv.AddressSpace;
import dev.firesteel.riscv.ImageSegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/** Memory before the first instruction: the image, the input region, and zeros ({@code docs/machine.md}, "Start"). */
public final class InitialMemory implements PageSource {
    private final List<ImageSegment> segments;
    private final byte[] input;

    /** Takes {@code input} without copying it; at most {@link AddressSpace#MAX_INPUT_BYTES}. */
    public InitialMemory(List<ImageSegment> segments, byte[] input) {
        this.segments = segments;
        this.input = input;
    }

    @Override
    public void fill(long address, byte[] page) {
        for (ImageSegment segment : segments) {
            segment.copyInto(address, page);
        }
        if (AddressSpace.isInput(address)) {
            long inInput = address - AddressSpace.INPUT_DATA;
            int from = (int) Math.max(inInput, 0);
            int to = (int) Math.min(inInput + page.length, input.length);
            if (from < to) {
                System.arraycopy(input, from, page, (int) (from - inInput), to - from);
            }
            if (address == AddressSpace.INPUT_START) {
                ByteBuffer.wrap(page).order(ByteOrder.LITTLE_ENDIAN).putLong(0, input.length);
            }
        }
    }
}
