/** The first command of a new user: bundled guests from witness to report. */
package dev.firesteel.jobs.run;
