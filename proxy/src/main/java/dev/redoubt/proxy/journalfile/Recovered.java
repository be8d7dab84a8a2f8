package dev.redoubt.proxy.journalfile;

import java.util.List;

/**
 * What a file held when it was opened.
 *
 * @param changes the newest state of each key, oldest first; none is null
 * @param cutBytes what could not be read at its end and was cut off; 0 if all was well
 * @param cutAt where that began
 */
public record Recovered(List<Change> changes, long cutBytes, long cutAt) {
    public Recovered {
        changes = List.copyOf(changes);
    }
}
