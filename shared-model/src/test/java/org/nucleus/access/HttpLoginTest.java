package org.nucleus.access;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A client's login against a server that speaks the exchange over real HTTP. */
class HttpLoginTest {
    private static final Credential KNOWN = new Credential("marathon", "secret");
    private static final byte[] CHALLENGE = CramMd5.challenge(17, 1_700_000_000_000L);

    private final HttpClient http = HttpClient.newHttpClient();
    private HttpServer server;
    private URI target;
    private int tokens;
    private Optional<String> fixedAnswer = Optional.empty();

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/authenticate", this::authenticate);
        server.start();
        target = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/api/v1/scheduler");
    }

    @AfterEach
    void stop() {
        server.stop(0);
        http.shutdownNow();
    }

    @Test
    void earnsATokenAndKeepsIt() throws Exception {
        var login = new HttpLogin(http, KNOWN, Mechanism.CRAM_MD5);
        assertThat(login.authorization(target)).isEqualTo("Bearer token-1");
        assertThat(login.authorization(target)).isEqualTo("Bearer token-1");
    }

    @Test
    void startsAnewAfterARefusedToken() throws Exception {
        var login = new HttpLogin(http, KNOWN, Mechanism.CRAM_MD5);
        login.authorization(target);
        login.forget(target);
        assertThat(login.authorization(target)).isEqualTo("Bearer token-2");
    }

    @Test
    void saysWhoWasRefusedAndNotTheSecret() {
        var login = new HttpLogin(http, new Credential("marathon", "wrong"), Mechanism.CRAM_MD5);
        assertThatThrownBy(() -> login.authorization(target))
                .isInstanceOf(LoginRefused.class)
                .hasMessageContaining("marathon")
                .message()
                .doesNotContain("wrong");
    }

    @Test
    void aServerThatAnswersNonsenseIsAFault() {
        var login = new HttpLogin(http, KNOWN, Mechanism.CRAM_MD5);
        String notBase64 = "{\"data\":\"%%\",\"session\":\"1\"}";
        for (String nonsense : List.of("", "no json", "[]", "{\"data\":17}", notBase64)) {
            fixedAnswer = Optional.of(nonsense);
            assertThatThrownBy(() -> login.authorization(target)).isInstanceOf(IOException.class);
        }
    }

    @Test
    void basicNeedsNoExchange() throws Exception {
        var login = new HttpLogin(http, KNOWN, Mechanism.BASIC);
        assertThat(login.authorization(target))
                .isEqualTo("Basic " + Base64.getEncoder().encodeToString("marathon:secret".getBytes(UTF_8)));
        assertThat(tokens).isZero();
    }

    private void authenticate(HttpExchange exchange) throws IOException {
        JsonNode request = new JsonMapper().readTree(exchange.getRequestBody());
        if (fixedAnswer.isPresent()) {
            answer(exchange, 200, fixedAnswer.get());
        } else if (request.path("type").stringValue().equals("START")) {
            assertThat(request.path("mechanism").stringValue()).isEqualTo("CRAM-MD5");
            String data = Base64.getEncoder().encodeToString(CHALLENGE);
            answer(exchange, 200, "{\"type\":\"STEP\",\"session\":\"s1\",\"data\":\"" + data + "\"}");
        } else if (isRight(request)) {
            answer(exchange, 200, "{\"type\":\"COMPLETED\",\"token\":\"token-" + ++tokens + "\"}");
        } else {
            answer(exchange, 401, "{\"type\":\"FAILED\",\"message\":\"no\"}");
        }
    }

    private static boolean isRight(JsonNode step) {
        byte[] answer = Base64.getDecoder().decode(step.path("data").stringValue());
        return step.path("session").stringValue().equals("s1") && CramMd5.verify(KNOWN, CHALLENGE, answer);
    }

    private static void answer(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(UTF_8);
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }
}
