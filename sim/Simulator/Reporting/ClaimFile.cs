using System.Globalization;
using System.Text.Json;
using BcnnSim.Networks;

namespace BcnnSim.Reporting;

/// <summary>Reader of a claim (JSON, schema "bcnnsim.claim/1"): strict, every violation at once.</summary>
public static class ClaimFile
{
    public const string SchemaId = "bcnnsim.claim/1";

    /// <summary>Largest claim file; real ones are a kilobyte.</summary>
    public const int MaxBytes = 1 << 16;

    private static readonly string[] Boards = ["u280"];
    private static readonly string[] Prunings = ["any", "structural"];
    private static readonly string[] Definitions = ["latency", "interval"];

    /// <exception cref="InputException">Every broken rule: file, place, value, rule, remedy.</exception>
    public static Claim Read(string file)
    {
        ViolationList violations = new(file);
        byte[]? bytes = InputFile.ReadAll(file, MaxBytes, violations);
        ViolationList.ThrowIfAny(violations);
        return Parse(bytes!, file);
    }

    public static Claim Parse(byte[] json, string source)
    {
        ViolationList violations = new(source);
        using JsonDocument? document = StrictJson.Parse(json, "text", violations);
        Claim? claim = document is null ? null : Read(new StrictObject(document.RootElement, "claim", violations));
        ViolationList.ThrowIfAny(violations);
        return claim!;
    }

    private static Claim Read(StrictObject root)
    {
        int before = root.Violations.Count;
        string schema = root.Text("schema");
        if (root.Violations.Count == before && schema != SchemaId)
        {
            root.Refuse("schema", schema, $"must be {SchemaId}", "Write a claim file of this version");
        }

        string name = root.Name("name");
        string source = root.Text("source");
        string network = root.Name("network");
        _ = root.Choice("board", Boards);
        Claim claim = new(
            name, source, network, ReadInput(root.Object("input")), Number(root, "pruningRate", 1, 1e6), root.Choice("pruning", Prunings) == 1,
            Number(root, "framesPerSecond", 1e-3, 1e12), ReadUtilization(root), (ClaimDefinition)root.Choice("definition", Definitions), root.Text("note"));
        root.Close();
        return claim;
    }

    private static FrameShape ReadInput(StrictObject input)
    {
        const int Most = NetworkLimits.Dimension;
        FrameShape shape = new(input.Integer("height", 1, Most), input.Integer("width", 1, Most), input.Integer("channels", 1, Most), input.Integer("inputBits", 1, 8));
        input.Close();
        return shape;
    }

    private static double? ReadUtilization(StrictObject root)
    {
        bool none = root.IsNull("utilization");
        return none ? null : Number(root, "utilization", 1e-6, 1);
    }

    private static double Number(StrictObject root, string key, double minimum, double maximum)
    {
        if (!root.TryTake(key, JsonValueKind.Number, out JsonElement value))
        {
            return minimum;
        }

        if (value.TryGetDouble(out double number) && number >= minimum && number <= maximum)
        {
            return number;
        }

        root.Refuse(key, value.GetRawText(), string.Create(CultureInfo.InvariantCulture, $"must be a number in {minimum}..{maximum}"), "Write a number in this range");
        return minimum;
    }
}
