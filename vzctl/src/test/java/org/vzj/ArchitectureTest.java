package org.vzj;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The rules of the house, held by its own walls. */
class ArchitectureTest {
  private static final JavaClasses HOUSE =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("org.vzj");

  private static final String LINUX = "org.vzj.linux..";
  private static final String[] LIBRARIES = {
    "org.vzj.beancounters..", "org.vzj.quota..", "org.vzj.template.."
  };
  private static final String[] ENGINE = {
    "org.vzj.container..",
    "org.vzj.config..",
    "org.vzj.lifecycle..",
    "org.vzj.firewall..",
    "org.vzj.layout..",
    "org.vzj.network..",
    "org.vzj.rootfs..",
    "org.vzj.scripts..",
    "org.vzj.check..",
    "org.vzj.snapshot..",
    "org.vzj.service..",
    "org.vzj.usage.."
  };
  private static final String CLI = "org.vzj.cli..";

  @Test
  void allModulesAreLookedAt() {
    for (String name :
        List.of(
            "org.vzj.linux.launch.LaunchPlan",
            "org.vzj.beancounters.cgroup.Cgroup",
            "org.vzj.template.unpack.Unpacker",
            "org.vzj.lifecycle.Start",
            "org.vzj.cli.Main")) {
      assertThat(HOUSE.contain(name)).as(name).isTrue();
    }
  }

  @Test
  void linuxKnowsNothingOfContainers() {
    noClasses()
        .that()
        .resideInAPackage(LINUX)
        .should()
        .dependOnClassesThat(resideInAPackage("org.vzj..").and(not(resideInAPackage(LINUX))))
        .check(HOUSE);
  }

  @Test
  void librariesStandOnLinuxAlone() {
    for (String library : LIBRARIES) {
      noClasses()
          .that()
          .resideInAPackage(library)
          .should()
          .dependOnClassesThat(
              resideInAPackage("org.vzj..").and(not(resideInAnyPackage(LINUX, library))))
          .check(HOUSE);
    }
  }

  @Test
  void engineKnowsNothingOfCommands() {
    noClasses()
        .that()
        .resideInAnyPackage(ENGINE)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(CLI, "picocli..")
        .check(HOUSE);
  }

  @Test
  void enginePackagesFormNoCircle() {
    slices()
        .matching(
            "org.vzj.(container|config|lifecycle|firewall|layout|network|rootfs|scripts|check|service|usage|snapshot)"
                + "..")
        .should()
        .beFreeOfCycles()
        .check(HOUSE);
  }

  @Test
  void processesStartInLinuxOnly() {
    noClasses()
        .that(not(resideInAnyPackage("org.vzj.linux.process..", "org.vzj.linux.launch..")))
        .should()
        .accessClassesThat()
        .haveFullyQualifiedName("java.lang.ProcessBuilder")
        .check(HOUSE);
    noClasses().should().callMethod(Runtime.class, "exec", String[].class).check(HOUSE);
    noClasses().should().callMethod(Runtime.class, "exec", String.class).check(HOUSE);
  }

  @Test
  void onlyCommandsTalkToTheTerminal() {
    noClasses()
        .that(not(resideInAPackage(CLI)))
        .should()
        .accessField(System.class, "out")
        .orShould()
        .accessField(System.class, "err")
        .orShould()
        .callMethod(System.class, "exit", int.class)
        .orShould()
        .dependOnClassesThat()
        .resideInAPackage("picocli..")
        .check(HOUSE);
  }

  @Test
  void onlyMainEndsTheProcess() {
    noClasses()
        .that(
            not(
                com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameContaining(
                    "org.vzj.cli.Main")))
        .should()
        .callMethod(System.class, "exit", int.class)
        .check(HOUSE);
  }

  @Test
  void nothingIsCalledBySomethingVague() {
    classes()
        .should()
        .haveSimpleNameNotEndingWith("Util")
        .andShould()
        .haveSimpleNameNotEndingWith("Utils")
        .andShould()
        .haveSimpleNameNotEndingWith("Helper")
        .andShould()
        .haveSimpleNameNotEndingWith("Common")
        .andShould()
        .haveSimpleNameNotEndingWith("Manager")
        .check(HOUSE);
  }

  @Test
  void noStaticStateChanges() {
    noFields()
        .that()
        .areStatic()
        .and()
        .areDeclaredInClassesThat()
        .resideInAnyPackage(ENGINE)
        .should()
        .notHaveModifier(JavaModifier.FINAL)
        .check(HOUSE);
  }
}
