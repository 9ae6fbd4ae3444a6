package dev.firesteel.jobs.results;

import java.util.List;

/** A folder of result files: where it is, and what its place tells. One object a folder, shared by its files. */
final class SourceFolder {
    private final List<String> folders;
    private final String label;
    private final RunPlace.Located located;
    private final String fromTop;

    /**
     * @param folders from the root of the file system or pack, outermost first
     * @param label how a user names the folder, without a separator at the end
     */
    SourceFolder(List<String> folders, String label) {
        this.folders = List.copyOf(folders);
        this.label = label;
        this.located = RunPlace.locate(this.folders);
        StringBuilder path = new StringBuilder();
        fromTop().forEach(name -> path.append(name).append('/'));
        this.fromTop = path.toString();
    }

    RunPlace place() {
        return located.place();
    }

    /** How a user names {@code file} of this folder. */
    String path(String file) {
        return label.isEmpty() ? file : label + "/" + file;
    }

    /** {@code file} from the top of the layout: where the tree lies on somebody's disk is left out. */
    String sourcePath(String file) {
        return fromTop + file;
    }

    /** The folders from the top of the layout. */
    List<String> fromTop() {
        return folders.subList(located.top(), folders.size());
    }

    /** The folders below the first {@code depth}. */
    List<String> below(int depth) {
        return folders.subList(depth, folders.size());
    }

    /** Keys of the folders that may hold this folder's sidecars, nearest first: up to the one that holds the layout. */
    List<String> sidecarKeys() {
        return java.util.stream.IntStream.rangeClosed(located.top(), folders.size())
                .mapToObj(n -> key(folders.subList(0, folders.size() + located.top() - n)))
                .toList();
    }

    /** The key of this folder. */
    String key() {
        return key(folders);
    }

    private static String key(List<String> folders) {
        // No folder's name holds this character.
        return String.join("\0", folders);
    }
}
