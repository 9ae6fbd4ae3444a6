package dev.firesteel.air;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** How many columns a record component of type {@code Expression[]} or of an array of records stands for. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Width {
    /** The number of entries. */
    int value();
}
