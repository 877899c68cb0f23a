package io.bootgate.source.program;

import java.util.Set;

/** Functions that raise where their first argument is {@code None}. */
final class NeedsValue {
    private static final Set<String> FIRST = Set.of(
            "builtins.int",
            "builtins.float",
            "builtins.len",
            "builtins.list",
            "builtins.tuple",
            "builtins.sorted",
            "builtins.bytes",
            "builtins.open",
            "json.loads",
            "ast.literal_eval",
            "base64.b64decode",
            "binascii.unhexlify",
            "os.path.join",
            "os.path.exists",
            "os.path.dirname",
            "os.makedirs",
            "os.listdir",
            "pathlib.Path",
            "decimal.Decimal",
            "uuid.UUID",
            "re.compile",
            "importlib.import_module",
            "sqlalchemy.create_engine",
            "sqlalchemy.ext.asyncio.create_async_engine",
            "sqlalchemy.engine.url.make_url",
            "sqlalchemy.engine.make_url",
            "cryptography.fernet.Fernet",
            "redis.from_url",
            "redis.Redis.from_url",
            "redis.StrictRedis.from_url",
            "redis.asyncio.from_url",
            "redis.asyncio.Redis.from_url",
            "datetime.datetime.fromisoformat",
            "ipaddress.ip_network",
            "ipaddress.ip_address");

    private NeedsValue() {}

    static boolean first(String function) {
        return FIRST.contains(function);
    }
}
