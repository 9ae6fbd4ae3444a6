package dev.firesteel.riscv.vm;

/** Gives memory its first bytes, a page at a time and only when the page is touched. */
@FunctionalInterface
public interface PageSource {
    /**
     * Writes the initial bytes of the page from {@code address}.
     *
     * @param address a multiple of {@link Memory#PAGE_BYTES}
     * @param page that many zero bytes
     */
    void fill(long address, byte[] page);
}
