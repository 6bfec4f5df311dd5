package org.vzj.lifecycle.apply;

import java.io.IOException;
import java.util.List;
import org.vzj.container.CtId;
import org.vzj.container.ExitCode;
import org.vzj.container.VzException;
import org.vzj.lifecycle.Target;
import org.vzj.linux.unit.IpAddress;
import org.vzj.network.AddressPool;

/** The addresses that one container takes of the host's pool. */
final class Claims {
  private final Target target;
  private final AddressPool pool;

  Claims(Target target) {
    this.target = target;
    this.pool = new AddressPool(target.container());
  }

  void take(List<IpAddress> addresses) throws VzException {
    try {
      for (IpAddress address : addresses) {
        CtId holder = pool.claim(address);
        if (holder != null) {
          throw new VzException(
              ExitCode.ADDRESS_IN_USE,
              "Unable to add IP "
                  + address.address()
                  + ": Address already in use by container "
                  + holder);
        }
      }
    } catch (IOException e) {
      throw new VzException(
          ExitCode.CANNOT_ADD_ADDRESS, "Unable to take addresses: " + e.getMessage(), e);
    }
  }

  void giveBack(List<IpAddress> addresses) {
    try {
      for (IpAddress address : addresses) {
        pool.release(address);
      }
    } catch (IOException e) {
      target.messages().warn("Unable to give addresses back: " + e.getMessage());
    }
  }
}
