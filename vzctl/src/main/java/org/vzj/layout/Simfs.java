package org.vzj.layout;

import java.nio.file.Path;
import org.vzj.container.VzException;
import org.vzj.linux.launch.LaunchPlan;

/** A directory: VE_PRIVATE is the container's root. */
public final class Simfs implements Layout {
  static final String NAME = "simfs";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public GuestFiles files(Volume volume) {
    return GuestFiles.in(volume.area());
  }

  @Override
  public Path counted(Volume volume) {
    return volume.area();
  }

  @Override
  public Path quotaPlace(Volume volume) {
    return volume.area();
  }

  @Override
  public void create(Volume volume, String mode, Filling filling) throws VzException {
    filling.into(volume.area());
  }

  @Override
  public void addMount(LaunchPlan.Builder plan, Volume volume) {
    String root = volume.root().toString();
    plan.mount(volume.area().toString(), root, "-", "bind", "-");
    plan.mount("-", root, "-", "private", "-");
  }

  @Override
  public String mountLine(Volume volume) {
    return "mount --bind " + volume.area() + " " + volume.root();
  }
}
