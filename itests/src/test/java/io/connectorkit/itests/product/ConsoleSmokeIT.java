package io.connectorkit.itests.product;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.connectorkit.itests.support.Await;
import io.connectorkit.itests.support.ConnectorJar;
import io.connectorkit.itests.support.Folders;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Level;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.openqa.selenium.By;
import org.openqa.selenium.Dimension;
import org.openqa.selenium.Keys;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.StaleElementReferenceException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.interactions.Actions;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;

/** What people do in the console, in a real browser; each picture of it lies in {@code target/console}. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ConsoleSmokeIT {

  private static final Path CHROMIUM = Path.of("/usr/bin/chromium");
  private static final Path DRIVER = Path.of("/usr/bin/chromedriver");
  private static final Path PICTURES = Folders.target().resolve("console");
  private static final Dimension DESK = new Dimension(1280, 900);
  private static final Dimension PHONE = new Dimension(390, 844);

  private static KitProcess kit;
  private static ChromeDriver browser;
  private static String address;

  @BeforeAll
  static void openTheConsole() throws IOException {
    assumeTrue(Files.exists(CHROMIUM) && Files.exists(DRIVER), "there is no Chromium with its driver; install the packages chromium and chromium-driver");
    Files.createDirectories(PICTURES);
    kit = KitProcess.of(ConsoleSmokeIT.class).with("EVENTS_SECRET", EventHost.SECRET);
    kit.kit("start").ok();
    address = kit.kit("console").ok().strip();
    ChromeOptions options = new ChromeOptions();
    options.setBinary(CHROMIUM.toFile());
    options.addArguments("--headless=new", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
        "--disable-component-update", "--disable-sync", "--window-size=1280,900");
    LoggingPreferences log = new LoggingPreferences();
    log.enable(LogType.BROWSER, Level.ALL);
    options.setCapability("goog:loggingPrefs", log);
    browser = new ChromeDriver(new ChromeDriverService.Builder().usingDriverExecutable(DRIVER.toFile()).build(), options);
    browser.get(address);
    see("h1", "Overview");
  }

  @AfterAll
  static void endTheProcesses() {
    if (browser != null) {
      browser.quit();
    }
    if (kit != null) {
      kit.close();
    }
  }

  private static boolean shown(String selector, String text) {
    try {
      return browser.findElements(By.cssSelector(selector)).stream().map(WebElement::getText).anyMatch(each -> each.contains(text));
    } catch (StaleElementReferenceException e) {
      return false;
    }
  }

  private static void see(String selector, String text) {
    Await.until("'" + text + "' in " + selector + " at " + browser.getCurrentUrl(), () -> shown(selector, text));
  }

  private static void go(String place) {
    browser.executeScript("document.getElementById('view').ariaBusy = 'true'; if (location.hash === arguments[0]) dispatchEvent(new Event('hashchange'));"
        + " else location.hash = arguments[0]", "#/" + place);
  }

  private static void press(String text) {
    Await.until("a button '" + text + "'", () -> {
      try {
        List<WebElement> buttons = browser.findElements(By.xpath("//button[normalize-space()='" + text + "']"));
        buttons.stream().filter(WebElement::isEnabled).findFirst().ifPresent(WebElement::click);
        return !buttons.isEmpty();
      } catch (StaleElementReferenceException e) {
        return false;
      }
    });
  }

  /** Once what was asked for is there. */
  private static void settled() {
    Await.until("the page is filled", () -> Boolean.TRUE.equals(browser.executeScript(
        "return document.getElementById('view').ariaBusy === 'false' || document.querySelector('.login') !== null")));
  }

  /** Some places in light, in the dark and on a phone. */
  private static void pictures(String state, String... places) throws IOException {
    for (String place : places) {
      go(place);
      settled();
      String name = state + "-" + (place.isEmpty() ? "overview" : place.replaceFirst("^runs/.*", "run").replace('/', '-'));
      for (String look : List.of("light", "dark", "phone")) {
        browser.executeScript("document.documentElement.dataset.theme = arguments[0]", look.equals("dark") ? look : "light");
        browser.manage().window().setSize(look.equals("phone") ? PHONE : DESK);
        picture(name + "-" + look);
        assertSound(name + ", " + look);
      }
      browser.manage().window().setSize(DESK);
    }
    browser.executeScript("document.documentElement.dataset.theme = 'light'");
  }

  private static void picture(String name) throws IOException {
    settled();
    Files.write(PICTURES.resolve(name + ".png"), browser.getScreenshotAs(OutputType.BYTES));
  }

  /** Without a wide page on a narrow screen, and without an error of the page's own. */
  private static void assertSound(String what) {
    assertEquals(Boolean.FALSE, browser.executeScript("return document.documentElement.scrollWidth > window.innerWidth"), what + " is wider than the screen");
    List<String> errors = browser.manage().logs().get(LogType.BROWSER).getAll().stream().map(String::valueOf)
        .filter(line -> line.contains("SEVERE") && !line.contains("status of 4")).toList();
    assertEquals(List.of(), errors, what);
  }

  @Test
  @Order(1)
  void theTokenIsTakenOutOfTheAddressAndAWrongOneIsRefused() throws IOException {
    assertTrue(!browser.getCurrentUrl().contains("token"), browser.getCurrentUrl());
    pictures("empty", "", "connectors", "runs", "tables", "sql", "events", "logs");
    go("");
    see("section[aria-label='Connectors in the box']", "Nothing is deployed yet");
    browser.executeScript("sessionStorage.setItem('kit-token', 'wrong'); location.reload()");
    see(".login", "KIT-6002");
    picture("2-login");
    browser.get(address.replace("#", "?again#"));
    see("h1", "Overview");
  }

  @Test
  @Order(2)
  void aRejectedJarGetsItsReasonAtOnce() throws IOException {
    Path broken = Folders.write(kit.home().resolve("data/tmp/broken.jar"), "no zip at all");
    browser.findElement(By.id("jars")).sendKeys(broken.toString());
    see(".drop", "broken.jar: KIT-1");
    picture("3-rejected");
    assertSound("the overview");
  }

  @Test
  @Order(3)
  void aJarIsDeployedByDroppingItAndConfiguredInAForm() throws IOException {
    Path jar = ConnectorJar.of("scripted", "1.0.0").writeTo(kit.home().resolve("data/tmp/scripted.jar"));
    Path script = Folders.write(kit.home().resolve("data/shop.script"), "tables = orders, items\norders.rows = 5000\nitems.rows = 300\n");
    browser.findElement(By.id("jars")).sendKeys(jar.toString());
    see("#toasts", "scripted 1.0.0 is being installed");
    go("connectors");
    see("table", "scripted 1.0.0");
    go("configure/scripted");
    see("h1", "New instance of scripted");
    WebElement name = browser.findElement(By.id("instance"));
    name.clear();
    name.sendKeys("shop");
    press("Check only");
    see("form", "KIT-2011");
    picture("4-configure");
    browser.findElement(By.id("s-script")).sendKeys(script.toString());
    press("Save");
    see("h1", "shop");
    Await.until("its first run is told", () -> {
      go("runs");
      return shown("section[aria-label=Ended]", "shop");
    });
    picture("5-runs");
    assertSound("the runs");
  }

  @Test
  @Order(4)
  void aTableIsLookedAt() throws IOException {
    go("tables");
    see("table", "shop.orders");
    go("tables/shop/orders");
    see("[role=tabpanel]", "id");
    picture("6-preview");
    press("Profile");
    see("[role=tabpanel]", "distinct");
    picture("7-profile");
    press("Schema");
    see("[role=tabpanel]", "The columns have not changed");
    assertSound("a table");
  }

  @Test
  @Order(5)
  void aQueryGivesRowsAndAChartAndAWrongOneItsReason() throws IOException {
    go("sql");
    see("h1", "SQL");
    WebElement box = browser.findElement(By.id("sql"));
    box.clear();
    box.sendKeys("SELECT id % 7 AS day, count(*) AS orders FROM shop.orders GROUP BY 1 ORDER BY 1");
    press("Run");
    see("[aria-live=polite]", "7 rows");
    assertEquals(7, browser.findElements(By.cssSelector("svg.chart .mark")).size());
    picture("8-sql");
    box.clear();
    box.sendKeys("DROP TABLE shop.orders");
    press("Run");
    see("[role=alert]", "KIT-5003");
    assertSound("the query");
  }

  /** A gate holds one of two tables up. */
  @Test
  @Order(6)
  void aRunThatGoesOnIsFollowed() throws IOException {
    Path gate = Folders.write(kit.home().resolve("data/gate"), "");
    Path script = kit.home().resolve("data/shop.script");
    String text = Folders.read(script);
    Folders.write(script, text + "orders.batch = 1000\norders.gate.after = 2000\norders.gate = " + gate + "\n");
    go("connectors/shop");
    see("h1", "shop");
    press("Run");
    see("h1 + .badge", "running");
    see("td .badge", "ok");
    String run = browser.getCurrentUrl().replaceFirst(".*#/", "");
    for (String place : List.of("", "runs", run)) {
      go(place);
      see("progress + ul", "orders");
      pictures("busy", place);
    }
    Files.delete(gate);
    see("h1 + .badge", "ok");
    Folders.write(script, text);
  }

  @Test
  @Order(7)
  void aFailingSourceIsShownWhereAPersonLooksFirst() throws IOException {
    Folders.write(kit.home().resolve("data/shop.script"), "tables = orders, items\norders.rows = 5000\nitems.rows = 300\norders.fail.after = 10\n");
    go("connectors/shop");
    see("h1", "shop");
    press("Run");
    see(".badge", "partial");
    picture("9-failed-run");
    go("connectors/shop");
    see("pre", "shop");
    go("");
    see("section[aria-label='What needs a person']", "shop");
    picture("10-overview-failing");
    assertSound("the overview");
  }

  @Test
  @Order(8)
  void failuresAreShownWithTheirReasonsInEveryLook() throws IOException {
    Folders.write(kit.home().resolve("etc/connectors/needy.yaml"), "connector: scripted\n");
    go("connectors");
    see("section[aria-label=Instances]", "KIT-2011");
    pictures("failing", "", "connectors", "connectors/needy", "connectors/shop", "runs", "tables", "tables/shop/orders", "logs");
  }

  @Test
  @Order(9)
  void anEventThatIsSetAsideIsShownWithItsReason() throws IOException {
    ConnectorJar.events("1.0.0").writeTo(kit.deploy("events.jar"));
    URI inbox = URI.create(address).resolve("/webhooks/events");
    Await.until("events are taken", () -> send(inbox, "{\"id\":\"e1\",\"n\":1}") == 202);
    assertEquals(202, send(inbox, "{\"id\":\"e2\",\"n\":2,\"poison\":true}"));
    Await.until("it is set aside", () -> {
      go("events");
      return shown("section[aria-label='Set aside of events']", "event");
    });
    pictures("quarantine", "events", "");
    see("section[aria-label='What needs a person']", "1 set aside");
  }

  private static int send(URI inbox, String body) {
    try {
      return EventHost.SENDER.send(inbox, body);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  @Order(10)
  void whoHasNoMouseSeesWhereTheyAre() throws IOException {
    go("");
    settled();
    List<String> seen = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      new Actions(browser).sendKeys(Keys.TAB).perform();
      seen.add(String.valueOf(browser.executeScript("const s = getComputedStyle(document.activeElement);"
          + " return document.activeElement.tagName + ' ' + s.outlineStyle + ' ' + s.outlineWidth")));
      if (i == 3) {
        picture("focus");
      }
    }
    assertTrue(seen.contains("BUTTON solid 3px") && seen.contains("A solid 3px") && seen.contains("INPUT solid 3px"), seen.toString());
    assertEquals(List.of(), seen.stream().filter(each -> !each.startsWith("BODY") && !each.endsWith(" solid 3px")).toList());
  }
}
