/** The Spark plugin: executors load keys before tasks come, and what they tell becomes the driver's metrics and rows of {@code setups}. */
package dev.firesteel.jobs.plugin;
