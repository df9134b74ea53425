using System.Text;

namespace BcnnSim.Cli.Traces;

/// <summary>Fields of every line of a trace, in order.</summary>
/// <param name="Format">How they are written.</param>
/// <param name="Fields">Kind and address, each once; perhaps bytes and cycle.</param>
internal sealed record TraceLayout(TraceFormat Format, IReadOnlyList<TraceField> Fields)
{
    private static readonly string[] Names = ["kind", "address", "bytes", "cycle"];

    /// <summary>Fields as a header names them.</summary>
    public static string Known => string.Join(", ", Names);

    public bool Timed => Fields.Contains(TraceField.Cycle);

    public bool SaysBytes => Fields.Contains(TraceField.Bytes);

    /// <summary>Name of the format, as --trace-format takes it.</summary>
    public string Name => NameOf(Format);

    /// <summary>Whether the first line is a header and no request.</summary>
    public bool HasHeader => Format == TraceFormat.Csv;

    public static string NameOf(TraceFormat format) => format switch
    {
        TraceFormat.KindAddress => "kind-address",
        TraceFormat.AddressKindCycle => "address-kind-cycle",
        _ => "csv",
    };

    public static string NameOf(TraceField field) => Names[(int)field];

    /// <summary>The format a first line is in; null if it is in none.</summary>
    public static TraceFormat? Detect(ReadOnlySpan<byte> line)
    {
        line = line.TrimStart(" \t"u8);
        if (line.Contains((byte)','))
        {
            return TraceFormat.Csv;
        }

        if (line.StartsWith("0x"u8))
        {
            return TraceFormat.AddressKindCycle;
        }

        return line.Length > 1 && line[0] is (byte)'R' or (byte)'W' && line[1] is (byte)' ' or (byte)'\t' ? TraceFormat.KindAddress : null;
    }

    /// <summary>Layout of a format; of a CSV by its header. Null with the broken rule.</summary>
    public static TraceLayout? Of(TraceFormat format, ReadOnlySpan<byte> line, out TraceFault? fault)
    {
        fault = null;
        return format switch
        {
            TraceFormat.KindAddress => new(format, [TraceField.Kind, TraceField.Address]),
            TraceFormat.AddressKindCycle => new(format, [TraceField.Address, TraceField.Kind, TraceField.Cycle]),
            _ => Header(Encoding.UTF8.GetString(line), out fault),
        };
    }

    private static TraceLayout? Header(string line, out TraceFault? fault)
    {
        List<TraceField> fields = [];
        fault = null;
        foreach (string name in line.Split(',').Select(n => n.Trim(' ', '\t', '"')))
        {
            int known = Array.IndexOf(Names, name);
            if (known < 0 || fields.Contains((TraceField)known))
            {
                fault = new TraceFault("header", name, known < 0 ? $"the columns are {Known}" : "every column occurs once", "Name the columns in the first line; kind and address are needed");
                return null;
            }

            fields.Add((TraceField)known);
        }

        if (fields.Contains(TraceField.Kind) && fields.Contains(TraceField.Address))
        {
            return new(TraceFormat.Csv, fields);
        }

        fault = new TraceFault("header", line, "kind and address are needed", $"Name the columns in the first line, of {Known}");
        return null;
    }
}
