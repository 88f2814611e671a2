package org.nucleus.agent.api.operator;

import java.time.Clock;
import org.nucleus.agent.access.AgentAccess;
import org.nucleus.agent.api.About;
import org.nucleus.agent.api.FileAccess;
import org.nucleus.agent.containerizer.Containerizer;
import org.nucleus.agent.metrics.AgentMetrics;
import org.nucleus.agent.nested.NestedContainers;
import org.nucleus.agent.outbound.Sandboxes;
import org.nucleus.agent.view.AgentView;
import org.nucleus.service.files.AttachedFiles;
import org.nucleus.service.files.FileCalls;
import org.nucleus.service.files.FilesConfiguration;
import org.nucleus.service.logging.LoggingLevel;
import org.springframework.boot.logging.LoggingSystem;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** What the operator's calls are answered by. */
@Configuration(proxyBeanMethods = false)
@Import(FilesConfiguration.class)
class OperatorConfiguration {
    @Bean
    LoggingLevel loggingLevel(LoggingSystem system) {
        return new LoggingLevel(system, Clock.systemUTC());
    }

    @Bean
    FileAccess fileAccess(AttachedFiles files, AgentAccess access, AgentView view) {
        return new FileAccess(files, access, view);
    }

    @Bean
    FileAnswers fileAnswers(AttachedFiles files, FileAccess access) {
        return new FileAnswers(new FileCalls(files, access));
    }

    @Bean
    Questions questions(
            AgentView view, AgentMetrics metrics, About about, LoggingLevel logging, Questions.Containers containers) {
        return new Questions(view, metrics, about, logging, containers);
    }

    @Bean
    Questions.Containers questionedContainers(Containerizer containerizer, NestedContainers nested) {
        return new Questions.Containers(containerizer, nested);
    }

    @Bean
    ContainerCalls containerCalls(AgentView view, Sandboxes sandboxes, NestedContainers nested) {
        return new ContainerCalls(view, sandboxes, nested);
    }

    @Bean
    SessionCalls sessionCalls(ContainerCalls containers, NestedContainers nested, About about) {
        return new SessionCalls(containers, nested, about.heartbeat());
    }
}
