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
            return new LegalCommand(DramCommand.Activate, bank, random.Next(16_384));
        }

        return new LegalCommand(random.Next(5) switch { 0 => DramCommand.Precharge, 1 or 2 => DramCommand.Read, _ => DramCommand.Write }, bank, -1);
    }

    public long Earliest(PseudoChannel dram) => Command switch
    {
        DramCommand.Activate => dram.EarliestActivate(Bank),
        DramCommand.Precharge => dram.EarliestPrecharge(Bank),
        DramCommand.Read => dram.EarliestRead(Bank),
        _ => dram.EarliestWrite(Bank),
    };

    public void Issue(PseudoChannel dram, long clock)
    {
        switch (Command)
        {
            case DramCommand.Activate:
                dram.Activate(Bank, Row, clock);
                break;
            case DramCommand.Precharge:
                dram.Precharge(Bank, clock);
                break;
            case DramCommand.Read:
                dram.Read(Bank, clock);
                break;
            default:
                dram.Write(Bank, clock);
                break;
        }
    }
}
