package org.nucleus.service.test;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.nucleus.access.Credential;
import org.nucleus.service.access.AccessRules;
import org.nucleus.service.access.CurrentPrincipal;
import org.nucleus.service.stream.EventStream;
import org.nucleus.service.stream.EventStreams;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** A service with one closed and some open paths, and a stream: what the shell promises is tested on it. */
@SpringBootConfiguration
@EnableAutoConfiguration
@EnableConfigurationProperties(SampleProperties.class)
@Import(SampleApplication.Endpoints.class)
public class SampleApplication {
    @Bean
    AccessRules accessRules() {
        Credential known = new Credential("ann", "secret");
        return new AccessRules(
                principal -> Optional.of(known).filter(c -> c.principal().equals(principal)),
                request -> request.getRequestURI().startsWith("/closed") ? Optional.of("sample") : Optional.empty());
    }

    /** Its endpoints; the streams that were opened, and why they ended, can be taken from the queues. */
    @RestController
    public static class Endpoints {
        public final BlockingQueue<EventStream> opened = new LinkedBlockingQueue<>();
        public final BlockingQueue<String> endings = new LinkedBlockingQueue<>();
        private final EventStreams streams;

        Endpoints(EventStreams streams) {
            this.streams = streams;
        }

        @GetMapping("/closed/whoami")
        String whoami() {
            return CurrentPrincipal.get().orElse("nobody");
        }

        @GetMapping("/open/**")
        String path(HttpServletRequest request) {
            return request.getRequestURI() + " " + CurrentPrincipal.get().orElse("nobody") + " "
                    + Thread.currentThread().isVirtual();
        }

        record Body(int number) {}

        @PostMapping("/closed/number")
        String number(@RequestBody Body body) {
            return String.valueOf(body.number());
        }

        @PostMapping("/stream")
        void stream(@RequestParam(defaultValue = "50") long beatMillis, HttpServletResponse response) {
            EventStream.Settings settings = EventStream.Settings.of(
                    "application/json", 4, "beat".getBytes(UTF_8), Duration.ofMillis(beatMillis));
            EventStream stream = streams.open(response, settings);
            opened.add(stream);
            streams.serve(stream, endings::add);
        }
    }
}
