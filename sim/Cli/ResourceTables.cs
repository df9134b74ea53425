using BcnnSim.Design;
using BcnnSim.Reporting;

namespace BcnnSim.Cli;

/// <summary>What a design takes of the board; every figure is a first estimate and says so.</summary>
internal static class ResourceTables
{
    /// <summary>Total against the board, four lines.</summary>
    public static void WriteTotal(ResourceReport report, TextWriter output)
    {
        TextTable table = new("resources", ">LUT", ">FF", ">BRAM36", ">URAM", ">DSP");
        Add(table, "total", report.Total);
        Add(table, $"of the {report.Board}", report.Total, report.Device);
        Add(table, "of what routes in all SLRs", report.Total, report.PracticalFill);
        Add(table, "of what routes in SLR 0", report.Total, report.PracticalFillOfFirstRegion);
        table.WriteTo(output);
        output.WriteLine($"  resources: {report.Basis}; what routes = usable per SLR at 62 % LUT and FF, 75 % BRAM, 50 % URAM and DSP");
    }

    /// <summary>Component by component, with the formulas.</summary>
    public static void WriteComponents(ResourceReport report, TextWriter output)
    {
        TextTable table = new("component", ">LUT", ">FF", ">BRAM36", ">URAM", ">DSP", "formula");
        foreach (ComponentResources c in report.Components)
        {
            table.Add([c.Component, .. Figures(c.Count), c.Formula]);
        }

        table.WriteTo(output);
        WriteTotal(report, output);
    }

    private static void Add(TextTable table, string name, ResourceCount count) => table.Add([name, .. Figures(count)]);

    private static void Add(TextTable table, string name, ResourceCount need, ResourceCount limit) =>
        table.Add([name, .. ResourceEstimate.Against(need, limit).Select(r => Figure.Percent((double)r.Need / r.Limit))]);

    private static IEnumerable<string> Figures(ResourceCount count) => ResourceEstimate.Against(count, default).Select(r => Figure.Count(r.Need));
}
