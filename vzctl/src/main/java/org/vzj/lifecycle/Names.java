package org.vzj.lifecycle;

import org.jspecify.annotations.Nullable;
import org.vzj.container.ContainerStore;
import org.vzj.container.VzException;

/** The name by which a container may be called instead of its number. */
final class Names {
  private Names() {}

  /**
   * Makes the new name's link. The old one stays until {@link #announce}, so that a failure in
   * between leaves the container reachable by the name that its configuration has.
   *
   * @param old the name until now, null for none
   * @param name the new one, empty for none
   * @throws VzException SET_NAME if another container has it
   */
  static void link(Target target, @Nullable String old, String name, Undo undo) throws VzException {
    ContainerStore store = new ContainerStore(target.host().paths());
    if (name.isEmpty()) {
      return;
    }
    store.link(name, target.id());
    if (!name.equals(old)) {
      undo.push("name " + name, () -> store.unlink(name, target.id()));
    }
  }

  /** Removes the old name's link once the new name is saved, and says so. */
  static void announce(Target target, @Nullable String old, String name) throws VzException {
    if (old != null && !old.equals(name)) {
      new ContainerStore(target.host().paths()).unlink(old, target.id());
    }
    target.messages().say("Name " + name + " assigned");
  }
}
