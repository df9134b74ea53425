using BcnnSim.Hardware.Hbm;

namespace BcnnSim.Tests.Timing;

/// <summary>A command that the state of its bank allows, to be issued when the timing does.</summary>
internal readonly record struct LegalCommand(DramCommand Command, int Bank, int Row)
{
    public static LegalCommand Random(Random random, PseudoChannel dram)
    {
        int bank = random.Next(16);
        if (dram.OpenRow(bank) < 0)
        {
            return random.Next(20) == 0 ? new LegalCommand(DramCommand.RefreshBank, bank, -1) : new LegalCommand(DramCommand.Activate, bank, random.Next(16_384));
        }

        return new LegalCommand(random.Next(5) switch { 0 => DramCommand.Precharge, 1 or 2 => DramCommand.Read, _ => DramCommand.Write }, bank, -1);
    }

    public long Earliest(PseudoChannel dram) => dram.Earliest(Command, Bank);

    public void Issue(PseudoChannel dram, long clock) => dram.Issue(Command, Bank, Row, clock);
}
