package dev.firesteel.jobs.prove;

import dev.firesteel.jobs.spark.CodeVersion;
import dev.firesteel.jobs.spark.Warehouse;
import dev.firesteel.schemas.Setup;
import java.util.ArrayList;
import java.util.List;

/** What executors have told the driver about setting up, until a job writes it. */
public final class SetupLog {
    /** Of a driver whose jobs write none. */
    private static final int MAX = 10_000;

    private static final List<ProverEvent.SetUp> TOLD = new ArrayList<>();

    private SetupLog() {}

    /** Keeps {@code setUp} for the job that writes next. */
    public static synchronized void add(ProverEvent.SetUp setUp) {
        if (TOLD.size() < MAX) {
            TOLD.add(setUp);
        }
    }

    private static synchronized List<ProverEvent.SetUp> take() {
        List<ProverEvent.SetUp> taken = List.copyOf(TOLD);
        TOLD.clear();
        return taken;
    }

    /** Writes what has been told as rows of a run. */
    static void write(Warehouse warehouse, String runId) {
        List<Setup> rows = take().stream().map(setUp -> row(setUp, runId)).toList();
        if (!rows.isEmpty()) {
            warehouse.insertNew("setups", Setup.class, rows);
        }
    }

    private static Setup row(ProverEvent.SetUp setUp, String runId) {
        return new Setup(
                runId,
                setUp.executorId(),
                setUp.programHash(),
                setUp.preset(),
                setUp.at(),
                setUp.host(),
                setUp.preloaded(),
                setUp.cached(),
                setUp.kernelTestMs(),
                setUp.keyMs(),
                setUp.warmUpMs(),
                CodeVersion.current());
    }
}
