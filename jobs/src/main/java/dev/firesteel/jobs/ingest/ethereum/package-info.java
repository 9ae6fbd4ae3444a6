/** As much of Ethereum's encodings as a witness needs to be checked: RLP, headers, state tries. No Spark. */
package dev.firesteel.jobs.ingest.ethereum;
