package dev.firesteel.jobs.results;

/** The little of JSON pointers (RFC 6901) that {@link ResultFile#extra()} needs. */
final class JsonPointers {

    private JsonPointers() {}

    /** Pointer to the member {@code name} of the object at {@code parent}. */
    static String child(String parent, String name) {
        return parent + "/" + name.replace("~", "~0").replace("/", "~1");
    }

    /** The object that holds what {@code pointer} points to. */
    static String parent(String pointer) {
        return pointer.substring(0, pointer.lastIndexOf('/'));
    }

    /** The last name of {@code pointer}, unescaped. */
    static String name(String pointer) {
        return pointer.substring(pointer.lastIndexOf('/') + 1)
                .replace("~1", "/")
                .replace("~0", "~");
    }
}
