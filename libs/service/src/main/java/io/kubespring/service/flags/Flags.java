package io.kubespring.service.flags;

import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

/**
 * Turns upstream's plain flags into the properties of one component: {@code --secure-port 6443} and
 * {@code --secure-port=6443} become {@code --kubespring.apiserver.secure-port=6443}. A flag is known when the component's
 * records have a component of that name in camel case. Dotted names ({@code --spring.…}, {@code --logging.…})
 * are Boot's own and pass through.
 */
public final class Flags {

    private final String component;
    private final Set<String> names;
    private final Set<String> switches;

    /** The flags of one record. */
    public Flags(String component, Class<? extends Record> properties) {
        this(component, List.of(properties));
    }

    /**
     * @param component "apiserver": the part after {@code kubespring.}
     * @param records the component's {@code @ConfigurationProperties} record, and those of what it shares with others
     */
    public Flags(String component, Collection<Class<? extends Record>> records) {
        this.component = component;
        List<RecordComponent> parts = records.stream()
                .flatMap(each -> Arrays.stream(each.getRecordComponents()))
                .toList();
        this.names = parts.stream().map(each -> kebab(each.getName())).collect(Collectors.toCollection(TreeSet::new));
        this.switches = parts.stream()
                .filter(Flags::isSwitch)
                .map(each -> kebab(each.getName()))
                .collect(Collectors.toSet());
    }

    private static boolean isSwitch(RecordComponent part) {
        return part.getType() == boolean.class || part.getType() == Boolean.class;
    }

    /**
     * A tool's flags without a Boot application.
     *
     * @throws FlagException naming the flag that is unknown or has a wrong value
     */
    public static <T extends Record> T bind(String component, Class<T> properties, String... args) {
        Map<String, String> given = new LinkedHashMap<>();
        for (String each : new Flags(component, properties).toProperties(args)) {
            int equals = each.indexOf('=');
            given.put(each.substring(2, equals), each.substring(equals + 1));
        }
        return new Binder(new MapConfigurationPropertySource(given))
                .bindOrCreate("kubespring." + component, properties);
    }

    /** The names of all flags, sorted. */
    public Set<String> names() {
        return names;
    }

    /**
     * @return arguments for {@code SpringApplication.run}
     * @throws FlagException naming the flag that is unknown or lacks its value
     */
    public String[] toProperties(String... args) {
        List<String> result = new ArrayList<>();
        for (int i = 0; i < args.length; i++) {
            String arg = args[i];
            if (!arg.startsWith("--")) {
                throw new FlagException("unknown command \"" + arg + "\"");
            }
            int equals = arg.indexOf('=');
            String name = equals < 0 ? arg.substring(2) : arg.substring(2, equals);
            if (name.indexOf('.') >= 0) {
                result.add(arg);
                continue;
            }
            if (!names.contains(name)) {
                throw new FlagException("unknown flag: --" + name);
            }
            String value;
            if (equals >= 0) {
                value = arg.substring(equals + 1);
            } else if (switches.contains(name)) {
                value = "true";
            } else if (i + 1 < args.length) {
                value = args[++i];
            } else {
                throw new FlagException("flag needs an argument: --" + name);
            }
            result.add("--kubespring." + component + "." + name + "=" + value);
        }
        return result.toArray(String[]::new);
    }

    private static String kebab(String camel) {
        var kebab = new StringBuilder();
        for (char each : camel.toCharArray()) {
            if (Character.isUpperCase(each)) {
                kebab.append('-');
            }
            kebab.append(each);
        }
        return kebab.toString().toLowerCase(Locale.ROOT);
    }
}
