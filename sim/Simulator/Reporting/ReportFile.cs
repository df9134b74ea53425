using System.Text.Json;
using System.Text.Json.Serialization;
using BcnnSim.Networks;

namespace BcnnSim.Reporting;

/// <summary>
/// Run reports on disk: JSON, schema "bcnnsim.run/1", camelCase, keys in declaration order (maps in ordinal order), invariant
/// numbers that read back to the same bits, "\n" line ends: identical results are identical bytes. Reading is strict.
/// </summary>
public static class ReportFile
{
    /// <summary>Schema of a run report.</summary>
    public const string Schema = "bcnnsim.run/1";

    /// <summary>Largest report accepted: a report of a thousand layers takes about a megabyte.</summary>
    public const int MaxBytes = 64 << 20;

    private static readonly JsonSerializerOptions Options = CreateOptions();

    /// <summary>A run report, or any other document of records (explain, compare) in the same form.</summary>
    public static string ToJson<T>(T document) => JsonSerializer.Serialize(document, Options) + "\n";

    /// <summary>Reads a report; unknown, missing and duplicate keys, another schema and wrong types are refused.</summary>
    /// <exception cref="InputException">With the place in the file.</exception>
    public static RunDocument Read(string path)
    {
        ViolationList violations = new(path);
        byte[]? bytes = InputFile.ReadAll(path, MaxBytes, violations);
        ViolationList.ThrowIfAny(violations);
        return Parse(bytes!, path);
    }

    public static RunDocument Parse(ReadOnlySpan<byte> json, string source)
    {
        try
        {
            RunDocument? document = JsonSerializer.Deserialize<RunDocument>(json, Options);
            return document?.Schema == Schema
                ? document
                : throw new InputException(source, "schema", document?.Schema ?? "null", $"must be \"{Schema}\"", "Give a file written by run --json");
        }
        catch (JsonException failure)
        {
            string place = $"{failure.Path ?? "$"} line {(failure.LineNumber ?? 0) + 1}";
            throw new InputException(source, place, "-", $"not a report of schema {Schema}: {SerializerFault.Describe(failure.Message)}", "Give a file written by run --json of this version");
        }
    }

    private static JsonSerializerOptions CreateOptions() => new(JsonSerializerOptions.Strict)
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        WriteIndented = true,
        NewLine = "\n",
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters =
        {
            new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false),
            new DesignConverter(),
            new OrdinalMapConverter<long>(),
            new KeyedListConverter<ActivityReport>("component"),
            new KeyedListConverter<MemoryReport>("stream"),
        },
    };
}
