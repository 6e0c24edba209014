package io.connectorkit.connector.jdk;

import static io.connectorkit.api.Types.text;

import java.util.Arrays;
import java.util.Locale;
import java.util.MissingResourceException;
import java.util.function.Function;
import java.util.stream.Stream;

/** The locales that the JDK has data for. */
final class Locales {

  static final ReferenceTable<Locale> TABLE = ReferenceTable.of("locales",
          "Locales that the JDK has data for; und is the neutral root", Locales::locales, "language_tag")
      .column("language_tag", text(), "IETF BCP 47 tag, such as de-AT", Locale::toLanguageTag)
      .column("language", text(), "ISO 639 code", code(Locale::getLanguage))
      .column("script", text(), "ISO 15924 code; null if not told apart", code(Locale::getScript))
      .column("country", text(), "ISO 3166 alpha-2 or UN M.49 code; null if not told apart", code(Locale::getCountry))
      .column("variant", text(), "Variant; mostly null", code(Locale::getVariant))
      .column("iso3_language", text(), "ISO 639-2 code; null if there is none", code(Locale::getISO3Language))
      .column("iso3_country", text(), "ISO 3166 alpha-3 code; null if there is none", code(Locale::getISO3Country))
      .column("name", text(), "Name in English", code(locale -> locale.getDisplayName(Locale.ENGLISH)))
      .column("language_name", text(), "Name of the language in English", code(locale -> locale.getDisplayLanguage(Locale.ENGLISH)))
      .column("script_name", text(), "Name of the script in English", code(locale -> locale.getDisplayScript(Locale.ENGLISH)))
      .column("country_name", text(), "Name of the country in English", code(locale -> locale.getDisplayCountry(Locale.ENGLISH)))
      .column("native_name", text(), "Name in the locale's own language", code(locale -> locale.getDisplayName(locale)))
      .build();

  private Locales() {}

  /** Old spellings of a locale share the tag of the new one, hence distinct. */
  private static Stream<Locale> locales() {
    return Arrays.stream(Locale.getAvailableLocales()).map(Locale::toLanguageTag).distinct().sorted().map(Locale::forLanguageTag);
  }

  /** What the JDK has no value for is null here, be it an empty text or an exception there. */
  private static Function<Locale, String> code(Function<Locale, String> getter) {
    return locale -> {
      try {
        String code = getter.apply(locale);
        return code.isEmpty() ? null : code;
      } catch (MissingResourceException e) {
        return null;
      }
    };
  }
}
