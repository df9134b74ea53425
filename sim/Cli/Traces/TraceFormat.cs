namespace BcnnSim.Cli.Traces;

/// <summary>How the lines of a request trace are written.</summary>
internal enum TraceFormat
{
    /// <summary>`R 0x1000` or `W 0x1000`, offered as soon as the port has room.</summary>
    KindAddress,

    /// <summary>`0x1000 READ 12` or `0x1000 WRITE 12`: not offered before that cycle.</summary>
    AddressKindCycle,

    /// <summary>Comma separated under a header with `kind` and `address`, perhaps `bytes` and `cycle`.</summary>
    Csv,
}
