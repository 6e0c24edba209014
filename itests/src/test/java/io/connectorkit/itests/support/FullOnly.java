package io.connectorkit.itests.support;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** A test of the long form alone: what it shows is shown in a smaller way by another one, here or in its module. */
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@EnabledIfSystemProperty(named = "kit.full", matches = "true", disabledReason = "long; mvn verify -Pfull runs it")
public @interface FullOnly {}
