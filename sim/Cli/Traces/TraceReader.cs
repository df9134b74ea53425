using System.Globalization;
using BcnnSim.Hardware.Traffic;

namespace BcnnSim.Cli.Traces;

/// <summary>
/// Requests of a trace, line by line in constant memory. Blank lines and lines that begin with # are passed over. A line that is no
/// request is handed out as a violation; cycles must not decrease.
/// </summary>
internal sealed class TraceReader : IDisposable
{
    private readonly LineReader lines;
    private readonly string name;
    private readonly TraceLine? parser;
    private long lastCycle;
    private bool lost;

    /// <summary>Reads the first line for what it says about all others: look at <see cref="Fault"/>.</summary>
    /// <param name="stream">The trace; closed with the reader.</param>
    /// <param name="name">As messages name it.</param>
    /// <param name="format">Null to detect it by the first line.</param>
    /// <param name="bytesPerRequest">Where lines do not say.</param>
    public TraceReader(Stream stream, string name, TraceFormat? format, int bytesPerRequest)
    {
        this.name = name;
        lines = new LineReader(stream, name);
        Layout = Begin(format);
        parser = Layout is null ? null : new TraceLine(Layout, bytesPerRequest);
        lost = Layout is null;
    }

    /// <summary>Null if the first line does not say; the trace cannot be read then.</summary>
    public TraceLayout? Layout { get; }

    /// <summary>Of the trace, in messages.</summary>
    public string Name => name;

    /// <summary>Of the last request.</summary>
    public long Line => lines.Number;

    /// <summary>What is wrong with the last line; null if it is a request.</summary>
    public Violation? Fault { get; private set; }

    /// <summary>The next request, or a fault; false at the end, or where nothing behind a fault can be read.</summary>
    public bool TryNext(out MemoryRequest request)
    {
        request = default;
        Fault = null;
        if (lost || !NextLine(out ReadOnlySpan<byte> line))
        {
            return false;
        }

        if (line.Length > LineReader.MaxLineBytes)
        {
            lost = true;
            Refuse(new TraceFault("line", TraceLine.Shown(line), $"is longer than {LineReader.MaxLineBytes} bytes: this is no request trace", "Give a text file with a request per line"));
        }
        else if (!parser!.TryParse(line, out request, out TraceFault? fault))
        {
            Refuse(fault!);
        }
        else if (request.Cycle < lastCycle)
        {
            Refuse(new TraceFault("cycle", Text(request.Cycle), $"cycles must not decrease: {Text(lastCycle)} came before", "Sort the trace by cycle"));
        }
        else
        {
            lastCycle = request.Cycle;
        }

        return true;
    }

    /// <summary>Passes over requests that were checked before.</summary>
    public void Skip(int requests)
    {
        while (requests > 0 && NextLine(out _))
        {
            requests--;
        }
    }

    public void Dispose() => lines.Dispose();

    private TraceLayout? Begin(TraceFormat? format)
    {
        if (!NextLine(out ReadOnlySpan<byte> line))
        {
            Fault = new Violation(name, "line 1", "end of the trace", "a trace has at least one request", "Give a trace with a request per line");
            return null;
        }

        format ??= TraceLayout.Detect(line);
        if (format is not TraceFormat known)
        {
            Refuse(new TraceFault("line", TraceLine.Shown(line), "is in none of the formats `R|W 0xADDRESS`, `0xADDRESS READ|WRITE CYCLE`, CSV under a header", "Correct the line, or name the format with --trace-format"));
            return null;
        }

        TraceLayout? layout = TraceLayout.Of(known, line, out TraceFault? fault);
        if (fault is not null)
        {
            Refuse(fault);
        }
        else if (!layout!.HasHeader)
        {
            lines.Back();
        }

        return layout;
    }

    private bool NextLine(out ReadOnlySpan<byte> line)
    {
        while (lines.TryRead(out line))
        {
            ReadOnlySpan<byte> text = line.Length > 0 && line[0] > ' ' ? line : line.TrimStart(" \t"u8);
            if (text.Length > 0 && text[0] != '#')
            {
                return true;
            }
        }

        return false;
    }

    private void Refuse(TraceFault fault) =>
        Fault = new Violation(name, $"line {Text(lines.Number)}, {fault.Field}", fault.Value, fault.Rule, fault.Remedy);

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
