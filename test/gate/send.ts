/**
 * The moment of sending: everything that a clearance promised is asked again, and what does not hold goes nowhere.
 * Each attempt ends with what the sending servers were handed.
 */
import { afterAll } from 'vitest';
import { closeBrowser } from '../http/sending-service.ts';
import './send/order.ts';
import './send/domain.ts';
import './send/message.ts';
import './send/value.ts';
import './send/start.ts';
import './send/batch.ts';
import './send/expiry.ts';

afterAll(closeBrowser);
