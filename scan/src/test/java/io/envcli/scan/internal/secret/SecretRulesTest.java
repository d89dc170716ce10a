package io.envcli.scan.internal.secret;

import io.envcli.scan.SecretSearch;
import io.envcli.scan.internal.text.Text;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Secrets are drawn at random here: none that anybody could take for a real one stands in this file. */
class SecretRulesTest {
    private static final String HEX = "0123456789abcdef";
    private static final String UPPER = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    private static final String LETTERS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
    private static final String ANY = LETTERS + "0123456789";
    private static final String BECH = "QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L";

    private final long seed = System.nanoTime();
    private final Random random = new Random(seed);
    private final SecretRules rules = new SecretRules();

    private String draw(final int length, final String alphabet) {
        final StringBuilder text = new StringBuilder();
        while (text.length() < length) {
            text.append(alphabet.charAt(random.nextInt(alphabet.length())));
        }
        return text.toString();
    }

    private List<String> found(final String text) {
        final byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        final SecretFinder finder = new SecretFinder(rules, new SecretSearch(true, null));
        return finder.find("f", new Text(bytes, bytes.length)).stream().map(finding -> finding.secret().rule() + " "
                + finding.secret().line() + ":" + finding.secret().column()).toList();
    }

    /** What each rule is to find: the text before the secret, and the secret. */
    private Map<String, List<String>> samples() {
        final Map<String, List<String>> samples = new LinkedHashMap<>();
        samples.put("aws-access-key-id", List.of("", "AKIA" + draw(16, UPPER)));
        samples.put("aws-secret-access-key", List.of("AWS_SECRET_ACCESS_KEY=", draw(40, ANY)));
        samples.put("azure-storage-key", List.of("AccountName=x;AccountKey=", draw(86, ANY) + "=="));
        samples.put("google-api-key", List.of("", "AIza" + draw(35, ANY)));
        samples.put("google-oauth-client-secret", List.of("", "GOCSPX-" + draw(28, ANY)));
        samples.put("digitalocean-token", List.of("", "dop_v1_" + draw(64, HEX)));
        samples.put("github-token", List.of("", "ghp_" + draw(36, ANY)));
        samples.put("github-fine-grained-token", List.of("", "github_pat_" + draw(22, ANY) + "_" + draw(59, ANY)));
        samples.put("gitlab-token", List.of("", "glpat-" + draw(20, ANY)));
        samples.put("npm-token", List.of("", "npm_" + draw(36, ANY)));
        samples.put("pypi-token", List.of("", "pypi-AgEI" + draw(100, ANY)));
        samples.put("docker-hub-token", List.of("", "dckr_pat_" + draw(27, ANY)));
        samples.put("slack-token", List.of("", "xoxb-" + draw(11, "123456789") + "-" + draw(24, ANY)));
        samples.put("slack-webhook", List.of("https://hooks.slack.com/services/",
                "T" + draw(8, UPPER) + "/B" + draw(8, UPPER) + "/" + draw(24, ANY)));
        samples.put("stripe-key", List.of("", "sk_live_" + draw(24, ANY)));
        samples.put("sendgrid-key", List.of("", "SG." + draw(22, ANY) + "." + draw(43, ANY)));
        samples.put("shopify-token", List.of("", "shpat_" + draw(32, HEX)));
        samples.put("openai-key", List.of("", "sk-proj-" + draw(40, ANY) + "T3BlbkFJ" + draw(40, ANY)));
        samples.put("anthropic-key", List.of("", "sk-ant-api03-" + draw(93, ANY) + "AA"));
        samples.put("hugging-face-token", List.of("", "hf_" + draw(34, LETTERS)));
        samples.put("vault-token", List.of("", "hvs." + draw(95, ANY)));
        samples.put("databricks-token", List.of("", "dapi" + draw(32, HEX)));
        samples.put("linear-key", List.of("", "lin_api_" + draw(40, ANY)));
        samples.put("age-secret-key", List.of("", "AGE-SECRET-KEY-1" + draw(58, BECH)));
        samples.put("private-key", List.of("-----BEGIN RSA PRIVATE KEY-----\n", draw(64, ANY)));
        samples.put("connection-string", List.of("postgres://app:", draw(16, ANY)));
        return samples;
    }

    @Test
    void everyRuleFindsWhatItIsForWhereItStands() {
        final Map<String, List<String>> samples = samples();
        assertEquals(rules.all().stream().map(SecretRule::id).toList(), List.copyOf(samples.keySet()));
        samples.forEach((rule, sample) -> {
            final String end = rule.equals("connection-string") ? "@db.internal/x" : "";
            final String text = "é = '" + sample.getFirst() + sample.getLast() + end + "'\n";
            final int feed = sample.getFirst().indexOf('\n');
            final String place = feed < 0 ? "1:" + (6 + sample.getFirst().length()) : "2:1";
            assertEquals(List.of(rule + " " + place), found(text), () -> "seed " + seed + ": " + text);
            assertFalse(rules.redacted(text).contains(sample.getLast()), rule);
        });
    }

    @Test
    void whatIsTooShortOrAPlaceholderIsNoSecret() {
        samples().forEach((rule, sample) -> {
            final String secret = sample.getLast();
            final String shorter = sample.getFirst() + secret.substring(0, 5);
            final String same = sample.getFirst() + secret.substring(0, Math.min(8, secret.length()))
                    + "a".repeat(secret.length());
            for (final String text : List.of(shorter, same, sample.getFirst() + "example" + secret.substring(7))) {
                assertEquals(List.of(), found("'" + text + "'\n"), () -> rule + ", seed " + seed + ": " + text);
            }
        });
    }

    @Test
    void connectionStringsOfNobodyAreNoSecrets() {
        final String password = draw(16, ANY);
        final List<String> none = List.of("postgres://app:postgres@db.internal/x", "postgres://app:${PASSWORD}@db/x",
                "postgres://app:<password>@db/x", "postgresql://app:replace-me-with-a-random-string@db:5432/x",
                "mysql://same_name:same_name@db/x", "redis://db:6379/0",
                "https://localhost:8080/a@b", "postgres://u:" + password + "@localhost/x",
                "https://u:" + password + "@example.com/", "https://u:" + password + "@api.example.com/");
        none.forEach(text -> assertEquals(List.of(), found(text), text));
        assertEquals(List.of("connection-string 1:10"), found("redis://:" + password + "@cache:6379"));
    }

    @Test
    void aTokenInsideAWordIsNone() {
        final String token = "ghp_" + draw(36, ANY);
        assertEquals(List.of(), found("x" + token));
        assertEquals(List.of(), found(token + "x".repeat(240)));
        assertEquals(List.of("github-token 1:2"), found("=" + token));
    }

    @Test
    void aLineMaySayThatItsSecretIsAllowed() {
        final String token = "ghp_" + draw(36, ANY);
        assertEquals(List.of("github-token 2:1"), found(token + " # env-cli:allow\n" + token + "\n# env-cli:allow\n"));
    }

    @Test
    void aSecretThatWasCutIsRedacted() {
        final String token = "github_pat_" + draw(22, ANY) + "_" + draw(59, ANY);
        final String cut = ("f(" + token).substring(0, 60) + "…";
        assertEquals("f(…", rules.redacted(cut));
        assertEquals("plain text…", rules.redacted("plain text…"));
        assertEquals("a 'b'", rules.redacted("a 'b'"));
    }

    /** Seconds if it were linear, many minutes if not. */
    @Test
    @Timeout(120)
    void manyKeywordsTakeNoQuadraticTime() {
        final List<String> texts = new ArrayList<>();
        rules.all().forEach(rule -> texts.add(rule.keywords().getFirst().repeat(20_000)));
        texts.add("-----BEGIN PRIVATE KEY-----\n\n\n\n".repeat(20_000));
        texts.add(("ghp_" + draw(36, ANY) + " ").repeat(20_000));
        int found = 0;
        for (final String text : texts) {
            found += found(text).size();
        }
        assertTrue(found >= 20_000);
    }
}
