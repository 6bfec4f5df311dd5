package org.vzj.lifecycle;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.vzj.container.ExitCode;
import org.vzj.container.VzException;
import org.vzj.layout.Layout;
import org.vzj.layout.Volume;
import org.vzj.template.TemplateCache;
import org.vzj.template.TemplateException;
import org.vzj.template.unpack.ProgressListener;

/** A template's archive. */
final class TemplateOrigin implements Origin {
  private final Target target;
  private final ProgressListener progress;
  private final @Nullable String layout;
  private String template = "";
  private @Nullable Path archive;

  /**
   * @param layout as the command line has it, with a mode after a colon; null: the configuration's
   */
  TemplateOrigin(Target target, ProgressListener progress, @Nullable String layout) {
    this.target = target;
    this.progress = progress;
    this.layout = layout;
  }

  @Override
  public String find() throws VzException {
    template = name();
    archive = archive();
    return template.substring(template.lastIndexOf('/') + 1);
  }

  @Override
  public String words() {
    return "Creating container private area (" + template + ")";
  }

  @Override
  public void fill(Layout layout, Volume volume, Target made) throws VzException {
    Path found = archive == null ? archive() : archive;
    layout.create(volume, mode(), new TemplateFilling(made, found, progress));
  }

  @Override
  public void finish(Target made, Undo undo) throws VzException {
    PostCreate.run(made, template);
  }

  private String name() throws VzException {
    String name = target.config().osTemplate();
    if (name == null || name.isEmpty()) {
      name = target.host().global().osTemplate();
    }
    if (name == null || name.isEmpty()) {
      throw new VzException(ExitCode.OSTEMPLATE_NOT_SET, "OS template is not specified");
    }
    return name;
  }

  private Path archive() throws VzException {
    Path templates = target.host().global().template();
    if (templates == null) {
      throw new VzException(
          ExitCode.TEMPLATE_NOT_SET,
          "TEMPLATE is not set in " + target.host().paths().globalConfig());
    }
    try {
      return TemplateCache.below(templates).require(template);
    } catch (TemplateException e) {
      throw new VzException(ExitCode.OSTEMPLATE_NOT_FOUND, String.valueOf(e.getMessage()), e);
    }
  }

  private String mode() {
    String value = layout == null ? target.config().layout() : layout;
    value = value == null ? target.host().global().layout() : value;
    int colon = value.indexOf(':');
    return colon < 0 ? "" : value.substring(colon + 1);
  }
}
