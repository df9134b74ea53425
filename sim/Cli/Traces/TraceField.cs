namespace BcnnSim.Cli.Traces;

/// <summary>What a column of a trace says.</summary>
internal enum TraceField
{
    Kind,
    Address,
    Bytes,
    Cycle,
}
