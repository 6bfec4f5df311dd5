package org.vzj.snapshot;

/**
 * A snapshot, as people see it.
 *
 * @param guid its name for programs, {@code {xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx}}
 * @param parent the guid of the one that was current when it was made; empty if none was
 * @param name what its maker called it, may be empty
 * @param description more of that, may be empty
 * @param date when it was made, {@code YYYY-MM-DD HH:MM:SS} in the host's time
 */
public record Snapshot(String guid, String parent, String name, String description, String date) {
  Snapshot below(String other) {
    return new Snapshot(guid, other, name, description, date);
  }
}
