using System.Globalization;
using BcnnSim.Exploration;
using BcnnSim.Reporting;

namespace BcnnSim.Cli;

/// <summary>One verdict in words.</summary>
internal sealed class ValidateTables(ClaimVerdict verdict, TextWriter output)
{
    public void Write()
    {
        Claim claim = verdict.Claim;
        output.WriteLine();
        output.WriteLine($"{claim.Name}: {(verdict.Reached ? "reached" : "not reached")} by {claim.Definition.ToString().ToLowerInvariant()}, the definition that decides");
        output.WriteLine($"  source: {claim.Source}");
        output.WriteLine($"  note: {claim.Note}");
        RunReport run = verdict.Report;
        output.WriteLine(run.Mismatches == 0
            ? $"  evidence: {run.Network}, {Figure.Count(run.FramesChecked)} frames of a fixed pattern checked against the reference executor"
            : $"  the machine differs from the reference executor in {Figure.Count(run.Mismatches)} values: nothing is reached");
        WriteRows();
        WriteSmallest();
        ClaimLimit limit = verdict.Rows[0].LimitedBy;
        output.WriteLine($"  limited by: {limit.Summary}");
        WriteDecides(limit.Decides);
        ResourceTables.WriteTotal(run.Resources, output);
    }

    private void WriteRows()
    {
        TextTable table = new("quantity", ">claimed", ">measured", ">margin", "reached", "definition", "");
        foreach (ClaimRow row in verdict.Rows)
        {
            table.Add(row.Quantity, Figures(row, row.Claimed), Figures(row, row.Measured), Figure.Percent(row.Margin), row.Reached ? "yes" : "no", Parts(row)[0], Parts(row)[^1]);
        }

        table.WriteTo(output);
        output.WriteLine($"  conditions: {string.Join("; ", Parts(verdict.Rows[0])[1..^1])}");
    }

    /// <summary>Definition, conditions, whether it decides.</summary>
    private static string[] Parts(ClaimRow row) => row.Definition.Split("; ");

    private void WriteSmallest()
    {
        TextTable table = new("smallest array", "for", ">lanes", ">cycles", ">frames/s", ">utilization", ">LUT", ">BRAM36", ">URAM", ">DSP");
        foreach (ClaimRow row in verdict.Rows)
        {
            string target = (row.Quantity == ClaimValidation.Utilization ? "utilization and rate" : "rate") + (row.Definition.StartsWith("latency", StringComparison.Ordinal) ? " by latency" : " by interval");
            if (row.SmallestDesign is not SmallestArray smallest)
            {
                table.Add($"none up to {Figure.Count(SmallestArraySearch.MaxLanes)} lanes", target, "", "", "", "", "", "", "", "");
                continue;
            }

            table.Add([.. Cells(Name(smallest.Array), target, smallest.Array), .. Cost(smallest)]);
            foreach (SimulatedPoint point in smallest.Neighbours)
            {
                table.Add([.. Cells($"  {Name(point)}", point.Reached ? "reaches it too" : "does not reach it", point), "", "", "", ""]);
            }
        }

        table.WriteTo(output);
        output.WriteLine($"  smallest array: closed form over {SmallestArraySearch.Space}, at {Figure.Number(verdict.Report.ClockMHz)} MHz; those printed are simulated; resources are a first estimate");
    }

    private void WriteDecides(IReadOnlyList<SensitivityRow> rows)
    {
        TextTable table = new("what decides it", ">value", ">latency cycles", ">frames/s", "reached", "basis");
        foreach (SensitivityRow row in rows)
        {
            table.Add(
                row.Parameter, Figure.Count(row.Value) + (row.Measured ? " (measured one)" : ""), row.Cycles is long cycles ? Figure.Count(cycles) : "does not fit",
                row.FramesPerSecond is double rate ? Figure.Number(rate) : "-", row.Reached ? "yes" : "no", row.Basis);
        }

        table.WriteTo(output);
        output.WriteLine("  each changed alone, all else as measured; closed form, not simulated");
    }

    private static string[] Cells(string name, string target, SimulatedPoint p) =>
        [name, target, Figure.Count(p.Lanes), Figure.Number(p.Cycles), Figure.Number(p.FramesPerSecond), Figure.Percent(p.Utilization)];

    private static string[] Cost(SmallestArray smallest) =>
        [Figure.Count(smallest.Resources.Lut), Figure.Count(smallest.Resources.Bram36), Figure.Count(smallest.Resources.Uram), Figure.Count(smallest.Resources.Dsp)];

    private static string Name(SimulatedPoint p) => string.Create(CultureInfo.InvariantCulture, $"{p.OutputLanes}x{p.PixelLanes}x{p.InputLanes}");

    private static string Figures(ClaimRow row, double value) =>
        row.Quantity == ClaimValidation.Utilization ? Figure.Percent(value) : Figure.Number(value);
}
