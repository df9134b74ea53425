namespace BcnnSim.Cosimulation.Lockstep;

/// <summary>One signal that RTL and model show differently in a cycle; values are binary digits.</summary>
public sealed record Difference(string Design, long Cycle, string Signal, string Rtl, string Model)
{
    public override string ToString() => $"{Design}, cycle {Cycle}, {Signal}: RTL {Rtl}, model {Model}";
}
