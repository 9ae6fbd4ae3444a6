package dev.firesteel.jobs.prove;

import java.util.Set;

/**
 * Which executions a job is to look at.
 *
 * @param requestIds all when empty
 * @param executionHash parameters_hash of the executions, or null for each request's latest
 * @param parameters of the proofs
 * @param maxCycles longer ones are left out
 */
public record Selection(Set<String> requestIds, String executionHash, ProofParameters parameters, long maxCycles) {}
