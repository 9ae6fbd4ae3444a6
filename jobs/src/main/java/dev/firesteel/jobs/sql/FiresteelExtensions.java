package dev.firesteel.jobs.sql;

import org.apache.spark.sql.SparkSessionExtensions;
import scala.runtime.AbstractFunction1;
import scala.runtime.BoxedUnit;

/** What {@code spark.sql.extensions} names: {@code prove_segment}, {@code verify_proof} and {@code proof_info}. */
public final class FiresteelExtensions extends AbstractFunction1<SparkSessionExtensions, BoxedUnit> {
    @Override
    public BoxedUnit apply(SparkSessionExtensions extensions) {
        for (SqlFunction function : SqlFunction.values()) {
            extensions.injectFunction(function.description());
        }
        return BoxedUnit.UNIT;
    }
}
