using System.Globalization;
using BcnnSim.Reporting;

namespace BcnnSim.Cli;

/// <summary>Headline figures and layers of two reports side by side, then every difference.</summary>
internal sealed class CompareTables(RunDocument a, RunDocument b, CompareDocument document, TextWriter output)
{
    private const int Shown = 40;

    public void Write()
    {
        output.WriteLine($"A {document.A}: {a.Design.Name}, {a.Command}");
        output.WriteLine($"B {document.B}: {b.Design.Name}, {b.Command}");
        foreach (RunReport run in a.Runs)
        {
            if (b.Runs.FirstOrDefault(r => r.Network == run.Network) is RunReport other)
            {
                WriteRun(run, other);
            }
        }

        WriteDifferences();
    }

    private void WriteRun(RunReport left, RunReport right)
    {
        TextTable table = new(left.Network, ">A", ">B", ">B / A");
        Row(table, "latency cycles", left.LatencyCycles, right.LatencyCycles, 0);
        Row(table, "interval cycles", left.IntervalCycles, right.IntervalCycles, 1);
        Row(table, "fps by latency", left.FpsByLatency, right.FpsByLatency, 1);
        Row(table, "fps by interval", left.FpsByInterval, right.FpsByInterval, 1);
        Row(table, "utilization", left.Utilization, right.Utilization, 4);
        Row(table, "effective utilization", left.EffectiveUtilization, right.EffectiveUtilization, 4);
        Row(table, "clock MHz", left.ClockMHz, right.ClockMHz, 1);
        Row(table, "frames in flight", left.FramesInFlight, right.FramesInFlight, 0);
        Row(table, "lanes", left.Lanes, right.Lanes, 0);
        Row(table, "pruning rate", left.PruningRate, right.PruningRate, 2);
        Row(table, "mismatches", left.Mismatches, right.Mismatches, 0);
        foreach (LayerReport layer in left.Layers)
        {
            Row(table, $"{layer.Name} cycles", layer.Cycles, right.Layers.FirstOrDefault(l => l.Name == layer.Name)?.Cycles, 0);
        }

        table.WriteTo(output);
    }

    private static void Row(TextTable table, string name, double? left, double? right, int decimals) => table.Add(
        name, Text(left, decimals), Text(right, decimals), left is double x && right is double y && x != 0 ? Figure.Number(y / x, 4) : "-");

    private static string Text(double? value, int decimals) => value is double number ? Figure.Number(number, decimals) : "-";

    private void WriteDifferences()
    {
        string tolerance = document.Tolerance == 0 ? "exactly" : $"within a relative {document.Tolerance.ToString(CultureInfo.InvariantCulture)}";
        if (document.Equal)
        {
            output.WriteLine($"equal {tolerance}");
            return;
        }

        TextTable table = new("difference", ">A", ">B", ">relative");
        foreach (ReportDifference difference in document.Differences.Take(Shown))
        {
            table.Add(difference.Path, difference.A, difference.B, difference.Relative is double relative ? Figure.Percent(relative) : "-");
        }

        table.WriteTo(output);
        output.WriteLine($"not equal {tolerance}: {document.Differences.Count} differences{(document.Differences.Count > Shown ? $", the first {Shown} shown" : "")}");
    }
}
