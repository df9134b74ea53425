using System.Globalization;
using System.Text;
using BcnnSim.Numerics;

namespace BcnnSim.Networks;

/// <summary>
/// A SCALE-Sim topology (CSV): one line per layer, the map already padded, layers apart from each other. Timing only: weights are a fixed pattern, a layer reads
/// a map of its own that no layer wrote, and a head of one class closes the program. Reading is strict: line, column, value, rule.
/// </summary>
public static class TopologyFile
{
    public const string Extension = ".csv";

    private static readonly string[] Columns =
        ["Layer name", "IFMAP Height", "IFMAP Width", "Filter Height", "Filter Width", "Channels", "Num Filter", "Strides"];

    /// <param name="file">Path; its name without extension names the network.</param>
    /// <param name="inputBits">Planes of the first layer, 1..8: the format does not say.</param>
    public static Network Read(string file, int inputBits)
    {
        ViolationList violations = new(file);
        byte[]? bytes = InputFile.ReadAll(file, NetworkLimits.JsonBytes, violations);
        ViolationList.ThrowIfAny(violations);
        return Parse(bytes!, Path.GetFileNameWithoutExtension(file), inputBits, violations);
    }

    internal static Network Parse(byte[] bytes, string name, int inputBits, ViolationList violations)
    {
        string[] lines = Encoding.UTF8.GetString(bytes).TrimStart('\uFEFF').Split('\n');
        CheckHeader(lines[0], violations);
        HashSet<string> names = new(StringComparer.Ordinal);
        TensorSource tensors = new(new TensorPattern(), violations);
        List<ConvolutionLayer> layers = [];
        for (int i = 1; i < lines.Length; i++)
        {
            if (lines[i].Trim().Length > 0 && Row(lines[i], i + 1, names, violations) is { } row && violations.Count == 0
                && Layer(row, layers.Count == 0 ? Network.InputName : layers[^1].Name, inputBits, tensors, i + 1) is { } layer)
            {
                layers.Add(layer);
            }
        }

        if (names.Count > NetworkLimits.Nodes)
        {
            violations.Add("file", names.Count.ToString(CultureInfo.InvariantCulture), $"a topology has at most {NetworkLimits.Nodes} layers", "Split the file");
        }

        if (names.Count == 0)
        {
            violations.Add("line 2", "absent", "a topology has at least one layer", "Add a line per layer");
        }

        ViolationList.ThrowIfAny(violations);
        return Close(name, layers, inputBits);
    }

    private static Network Close(string name, List<ConvolutionLayer> layers, int inputBits)
    {
        ConvolutionLayer last = layers[^1];
        MapShape first = layers[0].InputShape;
        ClassifierLayer head = new("head", last.Name, last.OutputShape, 1, new sbyte[2 * last.OutputChannels], [0]);
        NetworkInput input = new(first.Height, first.Width, first.Channels, inputBits, "none", new Dictionary<string, double>());
        Dictionary<string, string> provenance = new() { ["source"] = "SCALE-Sim topology, layers apart from each other, a head of one class appended" };
        return ShapeFile.OfPattern(new Network(name, input, layers, head, ["class 0"], new PruningRecord("none", 1, 1), provenance));
    }

    private static void CheckHeader(string line, ViolationList violations)
    {
        string[] cells = Cells(line);
        for (int i = 0; i < Math.Max(Columns.Length, cells.Length); i++)
        {
            string found = i < cells.Length ? cells[i] : "absent";
            if (i >= Columns.Length)
            {
                violations.Add($"line 1 column {i + 1}", found, $"a topology has the {Columns.Length} columns {string.Join(", ", Columns)}", "Remove the column");
            }
            else if (!string.Equals(found, Columns[i], StringComparison.OrdinalIgnoreCase))
            {
                violations.Add($"line 1 column {i + 1}", found, $"must be {Columns[i]}", "Write the header of SCALE-Sim");
            }
        }
    }

    /// <summary>Name and numbers of a line, or null with every reason reported.</summary>
    private static (string Name, int[] Numbers)? Row(string line, int number, HashSet<string> names, ViolationList violations)
    {
        int before = violations.Count;
        string[] cells = Cells(line);
        if (cells.Length != Columns.Length)
        {
            violations.Add($"line {number}", line.Trim(), $"must have {Columns.Length} cells, has {cells.Length}", "Write one value per column");
        }

        string name = cells[0];
        if (name.Length is 0 or > NetworkLimits.NameLength || name.Any(static c => char.IsControl(c) || c == '"'))
        {
            violations.Add($"line {number} column 1 ({Columns[0]})", name, $"must be 1..{NetworkLimits.NameLength} printable characters without quotes", "Rename the layer");
        }

        if (name is Network.InputName or "head" || !names.Add(name))
        {
            violations.Add($"line {number} column 1 ({Columns[0]})", name, "names are unique; input and head are taken", "Rename one of the layers");
        }

        int[] numbers = new int[Columns.Length];
        for (int i = 1; i < Math.Min(cells.Length, Columns.Length); i++)
        {
            if (!int.TryParse(cells[i], NumberStyles.None, CultureInfo.InvariantCulture, out numbers[i]) || numbers[i] is < 1 or > NetworkLimits.Dimension)
            {
                violations.Add($"line {number} column {i + 1} ({Columns[i]})", cells[i], $"must be a whole number in 1..{NetworkLimits.Dimension}", "Write a number in this range");
            }
        }

        return violations.Count == before ? (name, numbers) : null;
    }

    private static ConvolutionLayer? Layer((string Name, int[] Numbers) row, string source, int inputBits, TensorSource tensors, int line)
    {
        int[] n = row.Numbers;
        MapShape map = new(n[1], n[2], n[5]);
        ConvolutionText text = new(row.Name, source, n[6], (n[3], n[4]), (n[7], n[7]), (0, 0), 1, 1, NormKind.Complex, OutputKind.Bits, null);
        int bits = source == Network.InputName ? inputBits : 1;
        if ((long)map.Height * map.Width * map.Channels > NetworkLimits.MapValues)
        {
            tensors.Violations.Add($"line {line}", map.ToString(), $"a map has at most {NetworkLimits.MapValues} values", "Reduce the map");
            return null;
        }

        if (!GeometryRules.Check(text, map, bits, $"line {line}", tensors.Violations))
        {
            return null;
        }

        ConvolutionLayer layer = new(
            row.Name, source, map, n[6], n[3], n[4], n[7], n[7], 0, 0, 1, 1, FoldedNorm.Threshold([], []), new QuadrantTensor(0, 0, [], [], null));
        QuadrantTensor? weights = QuadrantTensorFile.Read(tensors, row.Name, n[6], layer.Taps);
        FoldedNorm? norm = NormTensorFile.Read(tensors, row.Name, NormKind.Complex, OutputKind.Bits, n[6], layer.AccumulatorBound(bits));
        return weights is null || norm is null ? null : layer with { Weights = weights, Norm = norm };
    }

    /// <summary>Cells without the spaces around them; SCALE-Sim ends each line with a comma.</summary>
    private static string[] Cells(string line)
    {
        string[] cells = [.. line.Split(',').Select(static c => c.Trim())];
        return cells.Length > 1 && cells[^1].Length == 0 ? cells[..^1] : cells;
    }
}
