package dev.docent.http;

import io.helidon.common.mapper.DefaultMapperProvider__ServiceDescriptor;
import io.helidon.common.mapper.DefaultResolverService__ServiceDescriptor;
import io.helidon.common.mapper.MappersFactory__ServiceDescriptor;
import io.helidon.http.encoding.ContentEncodingContext;
import io.helidon.service.registry.GlobalServiceRegistry;
import io.helidon.service.registry.ServiceRegistry;
import io.helidon.service.registry.ServiceRegistryConfig;
import io.helidon.service.registry.ServiceRegistryManager;
import io.helidon.webserver.http1.Http1Config;

/**
 * What a server needs of Helidon whatever its settings are, made when it is first used.
 *
 * <p>By default Helidon looks for its services in each jar of the class path and reads their
 * descriptions, a fifth of the processors' time of a start. These are the ones that a server
 * without declared endpoints asks for; Helidon's own plugin for Maven would write the same list.
 */
final class Helidon {
    /** Nothing is compressed, since proxies hold back what they would have to inflate. */
    static final ContentEncodingContext PLAIN;

    static final Http1Config HTTP;

    static {
        GlobalServiceRegistry.registry(Helidon::registry);
        PLAIN = ContentEncodingContext.builder().contentEncodingsDiscoverServices(false).build();
        HTTP = Http1Config.create();
    }

    private Helidon() {}

    private static ServiceRegistry registry() {
        return ServiceRegistryManager.create(
                        ServiceRegistryConfig.builder()
                                .discoverServices(false)
                                .discoverServicesFromServiceLoader(false)
                                .addServiceDescriptor(MappersFactory__ServiceDescriptor.INSTANCE)
                                .addServiceDescriptor(
                                        DefaultMapperProvider__ServiceDescriptor.INSTANCE)
                                .addServiceDescriptor(
                                        DefaultResolverService__ServiceDescriptor.INSTANCE)
                                .build())
                .registry();
    }

    /** Does nothing but that all of this is made. */
    static void load() {}
}
