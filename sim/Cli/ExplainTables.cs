using BcnnSim.Design;
using BcnnSim.Mapping;

namespace BcnnSim.Cli;

/// <summary>The plan in words.</summary>
internal sealed class ExplainTables(ExplainDocument document, TextWriter output)
{
    public void Write()
    {
        PeArrayDesign pe = document.Design.PeArray;
        output.WriteLine($"design {document.Design.Name}: {pe.OutputLanes} x {pe.PixelLanes} x {pe.InputLanes} lanes (Po x Pp x Pi)");
        foreach (string warning in PipelineDepths.Warnings(document.Design))
        {
            output.WriteLine($"warning: {warning}");
        }

        if (document.Program is ExplainProgram program)
        {
            output.WriteLine($"network {document.Network}{(document.TimingOnly ? ", timing only: a shape without trained weights" : "")}");
            output.WriteLine($"program, once: {string.Join(", ", program.Prologue)}");
            output.WriteLine($"program, every frame: {string.Join(", ", program.Body)}");
            WriteTiles();
            WriteCycles();
            WriteValues();
            WriteDropped();
            WriteBlocks();
            WriteMemory();
            ResourceTables.WriteComponents(document.Resources, output);
        }

        if (document.Parameters.Count > 0)
        {
            WriteParameters();
        }
    }

    private void WriteTiles()
    {
        TextTable table = new("tile plan", "shape", ">taps", ">words", ">groups", ">tiles", ">planes", ">lane operations", ">ideal lanes");
        int lanes = document.Design.PeArray.OutputLanes * document.Design.PeArray.PixelLanes * document.Design.PeArray.InputLanes;
        foreach (ExplainLayer layer in document.Layers)
        {
            table.Add(
                layer.Name, layer.Shape, Figure.Count(layer.Taps), Figure.Count(layer.Words), Figure.Count(layer.Groups), Figure.Count(layer.Tiles),
                Figure.Count(layer.Planes), Figure.Count(layer.LaneOperations), Figure.Percent((double)layer.LaneOperations / lanes / layer.Estimate.ArrayCycles));
        }

        table.WriteTo(output);
    }

    private void WriteCycles()
    {
        TextTable table = new(
            "closed form", ">cycles", ">array busy", ">start", ">first tile", ">end", ">build windows", ">compute tile", ">drain group", ">compute group", "bound", "exact");
        foreach (ExplainLayer layer in document.Layers)
        {
            CycleEstimate e = layer.Estimate;
            table.Add(
                layer.Name, Figure.Count(e.Cycles), Figure.Count(e.ArrayCycles), Figure.Count(e.StartCycles), Figure.Count(e.FirstTileCycles), Figure.Count(e.EndCycles),
                Figure.Count(e.BuildCycles), Figure.Count(e.TileCycles), Figure.Count(e.DrainBeats), Figure.Count((long)layer.Planes * layer.Words), e.Bound,
                e.Exact ? "yes, but for bank conflicts" : e.Bound == "compute" ? "no, narrow FIFOs, pooling or reads add stalls" : $"no, {e.Bound} stalls add to it");
        }

        table.Add(
            "sum", Figure.Count(document.Layers.Sum(l => l.Estimate.Cycles)), Figure.Count(document.Layers.Sum(l => l.Estimate.ArrayCycles)), "", "", "", "", "", "", "", "", "");
        table.WriteTo(output);
        output.WriteLine("  cycles of one layer on the idle machine; windows of a tile are built while the tile before computes, a group drains while the next computes");
    }

    /// <summary>Only for networks with 16-bit values.</summary>
    private void WriteValues()
    {
        if (!document.Layers.Any(l => l.Values))
        {
            return;
        }

        TextTable table = new("results", "norm gives", "adds", "to", ">shortcut words per bank");
        foreach (ExplainLayer layer in document.Layers)
        {
            table.Add(
                layer.Name, layer.Values ? "values" : "bits", layer.AddsShortcut ? "shortcut map" : "", string.Join(", ", layer.Targets),
                layer.ShortcutWordsPerBank == 0 ? "" : $"{Figure.Count(layer.ShortcutWordsPerBank)} of {Figure.Count(document.Design.ShortcutBuffer.WordsPerBank)}");
        }

        table.WriteTo(output);
    }

    private void WriteDropped()
    {
        foreach (ExplainLayer layer in document.Layers.Where(l => l.DroppedBorders.Count > 0))
        {
            output.WriteLine($"  {layer.Name}: {string.Join(", ", layer.DroppedBorders)}");
        }
    }

    private void WriteBlocks()
    {
        foreach (ExplainLayer layer in document.Layers.Where(l => l.EmptyBlocks > 0))
        {
            output.WriteLine($"  {layer.Name}: {Figure.Count(layer.EmptyBlocks)} of {Figure.Count((long)layer.Groups * layer.Words)} blocks (output group x word) are empty and skipped");
        }

        if (document.BlockNote is string note)
        {
            output.WriteLine($"  note: {note}");
        }
    }

    private void WriteMemory()
    {
        TextTable table = new("memory plan", ">PC", "address", ">bytes", ">to the next");
        foreach (ExplainRegion region in document.Memory)
        {
            table.Add(region.Name, Figure.Count(region.PseudoChannel), region.Address, Figure.Count(region.ItemBytes), Figure.Count(region.Stride));
        }

        table.WriteTo(output);
    }

    private void WriteParameters()
    {
        TextTable table = new("parameter", ">value", "unit", "allowed", "meaning");
        foreach (ExplainParameter parameter in document.Parameters)
        {
            table.Add(parameter.Path, parameter.Value, parameter.Unit, parameter.Allowed, parameter.Meaning);
        }

        table.WriteTo(output);
    }
}
