package dev.firesteel.jobs.results;

import java.util.ArrayList;
import java.util.List;

/**
 * What the folders above a result tell of its run. A level that is missing, and every part of a level that is, is null.
 *
 * @param layout {@link #TREE} or {@link #MARGINAL}
 * @param action {@code execution}, {@code proving} or {@code verification}; null when no folder tells
 * @param hardwareFolder label of the machine
 * @param fixtureSet folders between hardware and client, joined by {@code /}
 * @param client execution client
 * @param clientVersion its version or commit without a leading {@code v}
 * @param zkvm name of the zkVM
 * @param zkvmVersion what follows the last {@code -v} of its folder
 * @param sample number of the proving sample in the marginal layout
 */
public record RunPlace(
        String layout,
        String action,
        String hardwareFolder,
        String fixtureSet,
        String client,
        String clientVersion,
        String zkvm,
        String zkvmVersion,
        Integer sample) {

    /** {@code <action>/<hardware>/<fixture set>/<client>/<zkvm>/}, and older forms of it. */
    public static final String TREE = "tree";

    /** The marginal runner's {@code <out>/execute/<client>/<zkvm>/} and {@code <out>/prove/sample-N/<client>/<zkvm>/}. */
    public static final String MARGINAL = "marginal";

    /** Stands for a hardware level that is missing where a fixture set follows. */
    private static final String NO_HARDWARE = "unknown-hardware";

    private static final String SAMPLE = "sample-";

    /** {@code place} and how many of the folders lie above the layout's top. */
    record Located(RunPlace place, int top) {}

    /** Reads the folders above a file, outermost first, from the root of its file system where that is known. */
    static Located locate(List<String> folders) {
        int anchor = anchor(folders);
        if (anchor < 0) {
            return unanchored(folders);
        }
        String name = folders.get(anchor);
        List<String> below = folders.subList(anchor + 1, folders.size());
        if (PlaceNames.isTreeTop(name)) {
            return new Located(tree(PlaceNames.action(name), below), anchor);
        }
        Integer sample = null;
        int top = anchor;
        if (!below.isEmpty() && sampleNumber(below.get(0)) != null) {
            sample = sampleNumber(below.get(0));
            below = below.subList(1, below.size());
        } else if (anchor > 0 && sampleNumber(folders.get(anchor - 1)) != null) {
            // The runner's first version: sample-N/execute and sample-N/prove.
            sample = sampleNumber(folders.get(anchor - 1));
            top--;
        }
        return new Located(marginal(PlaceNames.action(name), sample, below), Math.max(0, top - 1));
    }

    /** The folders of this place, outermost first, from the layout's top; {@link #locate} reads them back as this place. */
    List<String> folders(String actionOfFile) {
        List<String> out = new ArrayList<>();
        if (layout.equals(MARGINAL)) {
            out.add(PlaceNames.marginalTop(actionOfFile));
            if (sample != null) {
                out.add(SAMPLE + sample);
            }
        } else {
            out.add(PlaceNames.treeTop(actionOfFile));
        }
        if (hardwareFolder != null || (fixtureSet != null && layout.equals(TREE))) {
            out.add(hardwareFolder == null ? NO_HARDWARE : hardwareFolder);
        }
        if (fixtureSet != null) {
            out.addAll(List.of(fixtureSet.split("/")));
        }
        if (client != null) {
            out.add(PlaceNames.clientFolder(client, clientVersion));
        }
        if (zkvm != null) {
            out.add(zkvmVersion == null ? zkvm : zkvm + "-v" + zkvmVersion);
        }
        return out;
    }

    private static int anchor(List<String> folders) {
        // No layout is deeper; a folder far above that happens to be called "proving" means nothing.
        for (int i = folders.size() - 1; i >= Math.max(0, folders.size() - 8); i--) {
            if (PlaceNames.isTreeTop(folders.get(i)) || PlaceNames.isMarginalTop(folders.get(i))) {
                return i;
            }
        }
        return -1;
    }

    private static RunPlace marginal(String action, Integer sample, List<String> below) {
        int n = below.size();
        String[] zkvm = PlaceNames.splitZkvm(n > 0 ? below.get(n - 1) : null);
        String[] client = PlaceNames.splitClient(n > 1 ? below.get(n - 2) : null);
        String set = n > 2 ? String.join("/", below.subList(0, n - 2)) : null;
        return new RunPlace(MARGINAL, action, null, set, client[0], client[1], zkvm[0], zkvm[1], sample);
    }

    private static RunPlace tree(String action, List<String> below) {
        List<String> rest = new ArrayList<>(below);
        String[] zkvm = takeZkvm(rest);
        String[] client = takeClient(rest);
        String hardware = rest.isEmpty() || rest.get(0).equals(NO_HARDWARE) ? null : rest.get(0);
        String set = rest.size() < 2 ? null : String.join("/", rest.subList(1, rest.size()));
        return new RunPlace(TREE, action, hardware, set, client[0], client[1], zkvm[0], zkvm[1], null);
    }

    /** Without a top folder only names tell: hardware is what holds a fixture set, and the rest is somebody's disk. */
    private static Located unanchored(List<String> folders) {
        List<String> rest = new ArrayList<>(folders);
        String[] zkvm = takeZkvm(rest);
        String[] client = takeClient(rest);
        int end = rest.size();
        int from = end;
        while (from > 0 && end - from < 3 && PlaceNames.isFixtureSet(rest.get(from - 1))) {
            from--;
        }
        String set = from == end ? null : String.join("/", rest.subList(from, end));
        String hardware = set == null || from == 0 ? null : rest.get(from - 1);
        int top = hardware == null ? from : from - 1;
        if (set == null && end > 0) {
            // The runner's own output folder, where its hardware.json lies.
            top = end - 1;
        }
        if (NO_HARDWARE.equals(hardware)) {
            hardware = null;
        }
        return new Located(new RunPlace(TREE, null, hardware, set, client[0], client[1], zkvm[0], zkvm[1], null), top);
    }

    private static String[] takeZkvm(List<String> rest) {
        if (rest.isEmpty() || !PlaceNames.isZkvm(rest.get(rest.size() - 1))) {
            return new String[2];
        }
        return PlaceNames.splitZkvm(rest.remove(rest.size() - 1));
    }

    /** The client stands above the zkVM, or one fixture set higher in the oldest trees. */
    private static String[] takeClient(List<String> rest) {
        for (int i = rest.size() - 1; i >= Math.max(0, rest.size() - 2); i--) {
            if (PlaceNames.isClient(rest.get(i))) {
                return PlaceNames.splitClient(rest.remove(i));
            }
        }
        return new String[2];
    }

    private static Integer sampleNumber(String folder) {
        if (!folder.startsWith(SAMPLE)
                || folder.length() > SAMPLE.length() + 6
                || folder.length() == SAMPLE.length()
                || folder.charAt(SAMPLE.length()) == '0'
                || !folder.chars().skip(SAMPLE.length()).allMatch(c -> c >= '0' && c <= '9')) {
            return null;
        }
        return Integer.valueOf(folder.substring(SAMPLE.length()));
    }
}
