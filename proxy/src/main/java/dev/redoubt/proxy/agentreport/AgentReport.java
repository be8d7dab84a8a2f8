package dev.redoubt.proxy.agentreport;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the agent of one JVM last said: counts since that JVM began. Texts are printable and bounded. Immutable.
 *
 * @param reporter which JVM, by a name that it chose by chance
 * @param process what a person knows it by: process id and main class or jar
 * @param mode of the agent: redirect, observe
 * @param startedAtMillis when the agent began, by the JVM's wall clock, as is {@code writtenAtMillis}
 * @param isFinal whether the JVM was about to end
 * @param sites the call sites with the most to say first
 * @param sitesLeftOut call sites that are in the totals only
 * @param notes what the agent left alone, and why
 */
public record AgentReport(
        String reporter,
        String process,
        String agentVersion,
        String javaVersion,
        String mode,
        long startedAtMillis,
        long writtenAtMillis,
        boolean isFinal,
        Counts totals,
        List<CallSite> sites,
        long sitesLeftOut,
        @Nullable Forecast forecast,
        List<String> notes) {
    public AgentReport {
        sites = List.copyOf(sites);
        notes = List.copyOf(notes);
    }
}
