import type { AuditScenario } from '../scenario.ts';

/** Making an overhead feeder safe before people work on it. */
export const permit: AuditScenario = {
  id: 'permit',
  draw(random) {
    const feeder = random.int(3, 9) * 10 + random.int(1, 9);
    const breaker = feeder * 10;
    const earth = feeder * 100 + 17;
    const other = feeder * 100 + 47;
    return {
      en: {
        question: `Write the steps by which feeder ${feeder} (10 kV, overhead) is made safe for work. Equipment: breaker ${breaker} on a truck, earth switch ${earth} on the line side (earth switch ${other} belongs to the busbar). The control centre permits the work after it has been told that the line is safe.`,
        criteria: [
          {
            id: 'isolate',
            points: 2,
            text: `Has breaker ${breaker} opened and its truck withdrawn.`,
            evidence: [[`breaker ${breaker}|${breaker}`, 'open', 'withdraw|rack(ed)? out|isolat']],
            met: [
              `Breaker ${breaker} is opened and its truck withdrawn to the isolated position.`,
              `Open ${breaker}, then rack the truck of ${breaker} out.`,
              `With ${breaker} open, the truck of this breaker is pulled out into isolation.`,
            ],
            unmet: [
              `Breaker ${breaker} is opened and its truck left in the service position.`,
              `Breaker ${breaker} need not be opened, as the line carries no load.`,
            ],
          },
          {
            id: 'lock',
            points: 1,
            text: 'Has the point of isolation locked and a notice hung on it.',
            evidence: [['lock', 'tag|notice|sign|label']],
            met: [
              'The point of isolation is locked, and a notice "Do not close, people at work" is hung on it.',
              'Put a lock and a warning tag on the point of isolation.',
              'A padlock and a danger notice secure what was switched off.',
            ],
            unmet: [
              'The point of isolation is left without a lock, so that supply can be restored fast.',
              'Locks and notices are not needed where only one crew is at work.',
            ],
          },
          {
            id: 'prove',
            points: 3,
            text: 'Has the line proved dead with a voltage tester.',
            evidence: ['prov\\w+ dead', 'voltage (tester|detector)', 'test\\w* [^.]{0,30}voltage'],
            met: [
              'The line is proved dead with a voltage tester on all three phases.',
              'Check with a voltage detector that no phase of the line is live.',
              'Absence of voltage is tested phase by phase with an approved tester.',
            ],
            unmet: [
              'The line is taken to be dead since the ammeter reads zero.',
              'Proving the line dead with a voltage tester can be left out in daylight.',
            ],
          },
          {
            id: 'earth',
            points: 3,
            text: `Has earth switch ${earth} closed.`,
            evidence: [[`\\b${earth}\\b`, 'clos|earth']],
            met: [
              `Earth switch ${earth} is closed.`,
              `The line is earthed by closing ${earth}.`,
              `Apply the earth with switch ${earth}.`,
            ],
            unmet: [
              `Earth switch ${other} is closed.`,
              `Earth switch ${earth} stays open; a portable rod nearby is good enough.`,
            ],
          },
          {
            id: 'early',
            points: -5,
            text: 'Lets work begin before the control centre has given its permission.',
            evidence: ['(begin|start)\\w*[^.]{0,40}(before|without|while)'],
            met: [
              'Work may start while the permission of the control centre is being waited for.',
              'To save time the crew begins at once and tells the control centre later.',
              'The permission of the control centre is a formality; nobody has to wait for it.',
            ],
            unmet: [
              'No work may begin before the control centre has given its permission.',
              'The crew waits for the permission of the control centre, given and repeated back by telephone.',
            ],
          },
        ],
        padding: [
          'The steps are written by one person and read over by another.',
          `Feeder ${feeder} supplies a rural area with about 900 customers.`,
          'Helmets, gloves and visors are checked at the depot.',
        ],
      },
      zh: {
        question: `请写出 ${feeder} 号线（10 kV 架空线路）停电检修前做安全措施的步骤。设备：${breaker} 手车开关，线路侧接地刀闸 ${earth}（接地刀闸 ${other} 属于母线）。向调度汇报安全措施已完成后，由调度许可工作。`,
        criteria: [
          {
            id: 'isolate',
            points: 2,
            text: `拉开 ${breaker} 开关，并将手车拉至检修或试验（隔离）位置。`,
            evidence: [[`${breaker}`, '拉开|断开|分闸', '手车[^。]{0,12}(拉出|拉至|摇至|退至|退出)']],
            met: [
              `拉开 ${breaker} 开关，将手车拉至检修位置。`,
              `先断开 ${breaker} 开关，再把该手车摇至试验位置。`,
              `${breaker} 开关分闸后，手车退至隔离位置。`,
            ],
            unmet: [`拉开 ${breaker} 开关，手车保留在工作位置。`, `线路空载，${breaker} 开关不必拉开。`],
          },
          {
            id: 'lock',
            points: 1,
            text: '在隔离点上锁并悬挂标示牌。',
            evidence: [['锁', '标示牌|警示牌|挂牌']],
            met: [
              '在隔离点上锁，并悬挂“禁止合闸，线路有人工作！”标示牌。',
              '隔离点加锁、挂牌。',
              '操作处悬挂禁止合闸的标示牌，并加挂锁具。',
            ],
            unmet: ['隔离点不上锁，以便尽快恢复送电。', '只有一个班组工作时，可不上锁、不挂标示牌。'],
          },
          {
            id: 'prove',
            points: 3,
            text: '用验电器对线路验明无电压。',
            evidence: ['验电|验明'],
            met: [
              '用合格的验电器逐相验电，确认线路三相均无电压。',
              '线路侧三相验明确无电压。',
              '使用相应电压等级的验电器检验，线路确已停电。',
            ],
            unmet: ['电流表指示为零，即可认定线路已停电。', '白天工作可以省去验电。'],
          },
          {
            id: 'earth',
            points: 3,
            text: `合上接地刀闸 ${earth}。`,
            evidence: [[`${earth}`, '合上|合闸|推上|接地']],
            met: [
              `合上接地刀闸 ${earth}。`,
              `推上 ${earth} 接地刀闸，使线路可靠接地。`,
              `操作 ${earth} 接地刀闸至合位。`,
            ],
            unmet: [`合上接地刀闸 ${other}。`, `接地刀闸 ${earth} 保持断开，就近插一根接地棒即可。`],
          },
          {
            id: 'early',
            points: -5,
            text: '允许在调度许可之前开始工作。',
            evidence: ['(即可|可以|先)[^。]{0,6}(开始|开工)', '(边|先)[^。]{0,6}(干|工作)'],
            met: [
              '等待调度许可期间即可先行开工。',
              '为节省时间，班组到位就干，事后再报调度。',
              '调度许可只是手续，不必等。',
            ],
            unmet: ['未经调度许可，不得开始工作。', '接到调度许可并复诵无误后，方可登杆。'],
          },
        ],
        padding: [
          '操作步骤由一人填写，另一人审核。',
          `${feeder} 号线供农村用户约 900 户。`,
          '安全帽、绝缘手套和护目镜在出发前检查完好。',
        ],
      },
    };
  },
};
